package dev.migrationledger.ledger.recording;

import dev.migrationledger.ledger.recording.stream.StreamId;

/** Other ledgers on the same database recorded first, several times. Nothing was recorded; the same command may succeed later. */
public final class RecordingConflict extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RecordingConflict(StreamId stream, int attempts, Throwable cause) {
        super("Other ledgers recorded events of %s first, %d times".formatted(stream, attempts), cause);
    }
}
