package dev.migrationledger.contracts.log;

import org.jspecify.annotations.Nullable;

/**
 * A place where the ledger's database is not what the evidence log says: someone changed it by other means than the ledger.
 *
 * @param first the number of the first thing of this kind: position of an event, id of a signature, leaf, or number of a checkpoint
 * @param last the number of the last; the same for one thing
 * @param stream of the first event as it is stored now; absent where there is none
 */
public record Tampering(Kind kind, long first, long last, @Nullable String stream) {

    /** What does not match. */
    public enum Kind {
        /** The row of an event is not the one that was recorded. Two rows that were swapped are two. */
        EVENT_CHANGED,
        /** The row of an event was deleted. */
        EVENT_MISSING,
        /** A row was put among events that were recorded before. */
        EVENT_ADDED,
        /** The signature of a batch is not the one that was kept. */
        SIGNATURE_CHANGED,
        SIGNATURE_MISSING,
        /** A signature was put among those that were kept before. */
        SIGNATURE_ADDED,
        /** Leaves do not make the root of a signed checkpoint, or the hash that is stored above them. */
        LEAVES_CHANGED,
        /** Leaves are not there that a checkpoint or the head of the log counts. */
        LEAVES_MISSING,
        /** The head of the log, which the next checkpoint signs, is not what the leaves make. The number is the last leaf count that a checkpoint confirms. */
        HEAD_CHANGED,
        /** A checkpoint is not what this ledger signed. */
        CHECKPOINT_CHANGED,
        CHECKPOINT_MISSING
    }
}
