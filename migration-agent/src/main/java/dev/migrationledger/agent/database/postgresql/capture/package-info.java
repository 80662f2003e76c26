/**
 * Capture within the database: a trigger on the version table, and event triggers where permitted, that write down each
 * change with who made it, as the agent reads it. Start with {@link
 * dev.migrationledger.agent.database.postgresql.capture.CaptureLog}. How it gets into the database is the package {@code
 * install}.
 */
@NullMarked
package dev.migrationledger.agent.database.postgresql.capture;

import org.jspecify.annotations.NullMarked;
