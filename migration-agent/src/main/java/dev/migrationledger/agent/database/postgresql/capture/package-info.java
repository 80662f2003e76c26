/**
 * The witness within the database: a trigger on the version table, and event triggers where permitted, that write down each
 * change with who made it. What is installed are the two scripts {@code tables.sql} and {@code functions.sql} beside this
 * package's classes; start with {@code write_change} there, then {@link
 * dev.migrationledger.agent.database.postgresql.capture.CaptureLog}, which reads it into {@link
 * dev.migrationledger.agent.database.postgresql.capture.CapturedChange}. A change to the scripts needs a higher {@code
 * Installation.VERSION}, and must run on a database that has an older one.
 */
@NullMarked
package dev.migrationledger.agent.database.postgresql.capture;

import org.jspecify.annotations.NullMarked;
