/**
 * What a database captured, and how capture stands in it: start with {@link
 * dev.migrationledger.agent.database.capture.LoggedChanges}. Data only, the same for every kind of database.
 */
@NullMarked
package dev.migrationledger.agent.database.capture;

import org.jspecify.annotations.NullMarked;
