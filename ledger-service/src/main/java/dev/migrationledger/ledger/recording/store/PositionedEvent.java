package dev.migrationledger.ledger.recording.store;

import dev.migrationledger.contracts.envelope.RecordedEvent;

/**
 * An event with its place in the log.
 *
 * @param position greater than that of every event before it; not every number is used
 */
public record PositionedEvent(long position, RecordedEvent event) {}
