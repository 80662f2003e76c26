/**
 * The command {@code capture}: puts the witness into a database, takes it out, says how it stands. Start with {@link
 * CaptureCommand}. What is done to the database is the package {@code database.postgresql.capture.install}.
 */
@NullMarked
package dev.migrationledger.agent.capture;

import org.jspecify.annotations.NullMarked;
