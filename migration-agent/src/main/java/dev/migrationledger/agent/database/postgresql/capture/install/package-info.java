/**
 * How capture gets into a database, and out of it again. What is installed are the scripts {@code tables.sql} and {@code
 * functions.sql} among the resources of this package: start with {@code write_change} there, then {@link
 * dev.migrationledger.agent.database.postgresql.capture.install.Installation}. A change to the scripts needs a higher {@code
 * CaptureVersion.CURRENT}, must run on a database that has an older one, and what is new must stand in {@code Removal}.
 */
@NullMarked
package dev.migrationledger.agent.database.postgresql.capture.install;

import org.jspecify.annotations.NullMarked;
