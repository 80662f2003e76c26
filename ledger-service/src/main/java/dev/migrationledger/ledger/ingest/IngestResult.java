package dev.migrationledger.ledger.ingest;

import dev.migrationledger.contracts.envelope.Receipt;
import org.jspecify.annotations.Nullable;

/** What became of a batch. */
public sealed interface IngestResult {

    /** All of the batch is on disk; the agent may forget it. */
    record Accepted(Receipt receipt) implements IngestResult {}

    /**
     * Nothing of the batch was recorded.
     *
     * @param code for programs, such as {@code sequence-ahead}
     * @param detail what is wrong with the actual value and what to do next
     * @param field the JSON path of the offending value; absent where it is not one value
     * @param expected the sequence that the ledger expects next; present with {@code sequence-ahead} alone
     */
    record Rejection(
            Kind kind, String code, String detail, @Nullable String field, @Nullable Long expected)
            implements
                IngestResult {

        Rejection(Kind kind, String code, String detail, @Nullable String field) {
            this(kind, code, detail, field, null);
        }
    }

    /** What the sender can do about a rejection. */
    enum Kind {
        /** The batch is not what a batch must be: the same one is rejected again. */
        INVALID,
        /** It has more events than a batch may have: send them in several. */
        TOO_LARGE,
        /** Its sequence does not follow what is recorded: send from another one on, or begin a new epoch. */
        OUT_OF_SEQUENCE,
        /** The ledger cannot record it now: the same batch may be accepted a second later. */
        RETRY_LATER,
        /** Its signature proves nothing, or its key may not send it: keep it, and let a person see to the key. */
        UNTRUSTED
    }
}
