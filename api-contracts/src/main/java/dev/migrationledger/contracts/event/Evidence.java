package dev.migrationledger.contracts.event;

import org.jspecify.annotations.Nullable;

/**
 * How an agent knows what it says.
 *
 * @param detail what was found, in a sentence; absent where the witness says it all
 * @param attribution who did it, how, and to what; absent where the witness cannot know
 */
public record Evidence(
        Witness witness,
        Certainty certainty,
        @Nullable String detail,
        @Nullable Attribution attribution) {

    public Evidence(Witness witness, Certainty certainty, @Nullable String detail) {
        this(witness, certainty, detail, null);
    }

    /** What saw it. */
    public enum Witness {
        /** The trigger on the version table. */
        TRIGGER,
        /** The server's event triggers, which name each object. */
        EVENT_TRIGGER,
        /** Catalog rows written by the transaction that wrote the version row. */
        XMIN,
        /** The schema before and after. */
        SCHEMA_DIFFERENCE,
        /** Two successive looks at the version table, and nothing else. */
        POLL
    }

    /** How far it can be relied on. */
    public enum Certainty {
        /** It cannot have been otherwise. */
        CERTAIN,
        /** The likeliest reading of what was seen; the detail says what else it could have been. */
        PRESUMED
    }
}
