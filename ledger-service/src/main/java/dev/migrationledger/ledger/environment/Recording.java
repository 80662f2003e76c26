package dev.migrationledger.ledger.environment;

import dev.migrationledger.contracts.envelope.Receipt;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import java.util.List;
import java.util.UUID;

/** What became of a {@link RecordEvents}. */
public sealed interface Recording {

    /**
     * Accepted.
     *
     * @param events what is to be recorded, in order; empty where all of it was known
     */
    record Recorded(List<RecordedEvent> events, Receipt receipt) implements Recording {
        public Recorded {
            events = List.copyOf(events);
        }
    }

    /** Events between the last known one and this batch are missing; nothing was recorded. */
    record SequenceAhead(String agent, UUID epoch, long expected, long sequence) implements Recording {}

    /** A sequence that is known came again with another event: two spools share one epoch. Nothing was recorded. */
    record SequenceConflict(String agent, UUID epoch, long sequence, UUID known, UUID received) implements Recording {}
}
