package dev.migrationledger.ledger.recording.store;

import dev.migrationledger.ledger.recording.stream.StreamId;

/** What an event is about, and where the event is in the log. */
public record PositionedStream(long position, StreamId stream) {}
