/**
 * Reads {@code alembic.ini} by the rules of Python's ConfigParser, and {@code pyproject.toml} by those of TOML and what Alembic
 * makes of it. Start with {@link IniFile} and {@link TomlFile}. Pure: text goes in, values and what is wrong with them come out.
 */
@NullMarked
package dev.migrationledger.agent.tool.alembic.config;

import org.jspecify.annotations.NullMarked;
