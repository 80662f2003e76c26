package dev.migrationledger.ledger.recording.stream;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import java.util.List;

/**
 * What a {@link Decider} decided.
 *
 * @param result the answer to who asked
 * @param events to be recorded, in order; all of the command's stream; empty where nothing is
 */
public record Decision<R>(R result, List<RecordedEvent> events) {
    public Decision {
        events = List.copyOf(events);
    }
}
