package dev.migrationledger.ledger.environment;

import dev.migrationledger.contracts.envelope.Receipt;
import java.util.UUID;

/** What became of a {@link RecordEvents}. */
public sealed interface RecordResult {

    /** Accepted: everything in the batch is recorded now, or was before. */
    record Recorded(Receipt receipt) implements RecordResult {}

    /** Events between the last known one and this batch are missing; nothing was recorded. */
    record SequenceAhead(String agent, UUID epoch, long expected, long sequence) implements RecordResult {}

    /** A sequence that is known came again with another event: two spools share one epoch. Nothing was recorded. */
    record SequenceConflict(String agent, UUID epoch, long sequence, UUID known,
            UUID received) implements RecordResult {}
}
