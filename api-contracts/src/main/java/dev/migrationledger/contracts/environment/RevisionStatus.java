package dev.migrationledger.contracts.environment;

import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.event.Evidence;
import org.jspecify.annotations.Nullable;

/**
 * How it is known that a revision counts as applied in an environment.
 *
 * @param inferred true: applied, but concluded from the graph between two polls rather than seen
 * @param since when it came to be so; absent where it was never observed
 * @param evidence how the agent knows; absent where it was never observed
 */
public record RevisionStatus(
        String revision,
        Kind kind,
        boolean inferred,
        @Nullable Occurrence since,
        @Nullable Evidence evidence) {

    public enum Kind {
        /** It was seen to run. */
        APPLIED,
        /** It was only written into the version table. */
        STAMPED,
        /** It counts as applied because it is an ancestor, and was never observed. */
        IMPLIED
    }

    public static RevisionStatus implied(String revision) {
        return new RevisionStatus(revision, Kind.IMPLIED, false, null, null);
    }
}
