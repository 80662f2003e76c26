/**
 * The command {@code capture}: installs capture in a database, removes it and shows its status. Start with {@link
 * CaptureCommand}. What is done to the database is the package {@code database.postgresql.capture.install}.
 */
@NullMarked
package dev.migrationledger.agent.capture;

import org.jspecify.annotations.NullMarked;
