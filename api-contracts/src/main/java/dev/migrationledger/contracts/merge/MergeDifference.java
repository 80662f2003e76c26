package dev.migrationledger.contracts.merge;

import org.jspecify.annotations.Nullable;

/**
 * One way in which what would be merged is not what it was.
 *
 * @param revision that it is about; absent: the whole
 * @param before absent where there was none
 * @param after absent where it has no value any more
 */
public record MergeDifference(
        Kind kind, @Nullable String revision, @Nullable String before, @Nullable String after) {

    public enum Kind {
        /** A side has one more revision. */
        REVISION_ADDED,
        /** A side has a revision less. */
        REVISION_REMOVED,
        /** A revision does something else; before and after are digests of its file. */
        REVISION_EDITED,
        /** A revision has other parents, dependencies or branch labels. */
        PARENTS_CHANGED,
        /** The sides come in another order; before and after are heads. */
        ORDER_CHANGED,
        /** Merged instead of re-parented, or the other way round. */
        WAY_CHANGED
    }
}
