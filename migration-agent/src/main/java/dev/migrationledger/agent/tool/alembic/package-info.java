/**
 * Alembic's configuration and scripts, found and read by Alembic's own rules but never executed. Start with
 * {@link Alembic}: {@link Configuration} says where the scripts are, {@link ScriptFiles} which files are scripts,
 * {@link Declaration} what a script declares. What {@code env.py} decides for all scripts is read by {@link EnvironmentScript} (version table,
 * search path), {@link TargetMetadata} (naming convention) and {@link Autocommit}. {@link AlembicFiles} works out files that are not written
 * yet.
 */
@NullMarked
package dev.migrationledger.agent.tool.alembic;

import org.jspecify.annotations.NullMarked;
