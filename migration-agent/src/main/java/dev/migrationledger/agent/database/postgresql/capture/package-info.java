/**
 * The witness within the database: a trigger on the version table, and event triggers where permitted, that write down each
 * change with who made it. Start with {@link dev.migrationledger.agent.database.postgresql.capture.CapturedChange}.
 */
@NullMarked
package dev.migrationledger.agent.database.postgresql.capture;

import org.jspecify.annotations.NullMarked;
