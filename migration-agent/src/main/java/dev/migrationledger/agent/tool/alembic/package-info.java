/**
 * Alembic's configuration and scripts, found and read by Alembic's own rules but never executed. Start with
 * {@link Alembic}: {@link Configuration} says where the scripts are, {@link ScriptFiles} which files are scripts,
 * {@link Declaration} what a script declares.
 */
@NullMarked
package dev.migrationledger.agent.tool.alembic;

import org.jspecify.annotations.NullMarked;
