/**
 * Reads {@code alembic.ini} by the rules of Python's ConfigParser. Start with {@link IniFile}. Pure: text goes in, values
 * and what is wrong with them come out.
 */
@NullMarked
package dev.migrationledger.agent.tool.alembic.config;

import org.jspecify.annotations.NullMarked;
