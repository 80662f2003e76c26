package dev.migrationledger.core.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an identifier that somebody typed means in one history. */
public sealed interface Identified {

    /**
     * It means these.
     *
     * @param revisions ids, each once; none: the base, where no revision is applied
     * @param branch what stood before {@code @}; absent where nothing did
     */
    record Found(List<String> revisions, @Nullable String branch) implements Identified {
        public Found {
            revisions = List.copyOf(revisions);
        }
    }

    /**
     * It means nothing, or not one thing.
     *
     * @param message one sentence: what is wrong with the identifier as typed, and what to type instead
     * @param candidates ids and labels that may have been meant: all that an ambiguous identifier fits, or the nearest misses
     */
    record NotFound(Reason reason, String message, List<String> candidates) implements Identified {
        public NotFound {
            candidates = List.copyOf(candidates);
        }
    }

    /** Why there is no answer; each is a refusal of Alembic's too. */
    enum Reason {
        /** No id and no label is or begins so. */
        UNKNOWN,
        /** Several ids or labels begin so. */
        AMBIGUOUS_PREFIX,
        /** One head is asked for, and there are several. */
        MULTIPLE_HEADS,
        /** A step up or down could go to several revisions, or start from several. */
        AMBIGUOUS_WALK,
        /** There are fewer revisions than steps. */
        TOO_FAR,
        /** The revision is there, but neither before nor after the branch that was named with it. */
        NOT_ON_BRANCH,
        /** The end of a range does not come after its start. */
        NOT_A_RANGE
    }
}
