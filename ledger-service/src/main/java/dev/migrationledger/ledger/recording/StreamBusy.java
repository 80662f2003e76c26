package dev.migrationledger.ledger.recording;

import dev.migrationledger.ledger.recording.stream.StreamId;

/** Too many commands wait for one stream. Nothing was recorded; the same command may succeed later. */
public final class StreamBusy extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StreamBusy(StreamId stream, int waiting) {
        super("%d requests for %s are already waiting".formatted(waiting, stream), null, false, false);
    }
}
