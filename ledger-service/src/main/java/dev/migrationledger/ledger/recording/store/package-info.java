/**
 * The event store: Axon over PostgreSQL. Read what was recorded with {@code EventLog}. To change what an event looks like, add an {@code Upcaster} and the
 * next version to the catalogue.
 */
@NullMarked
package dev.migrationledger.ledger.recording.store;

import org.jspecify.annotations.NullMarked;
