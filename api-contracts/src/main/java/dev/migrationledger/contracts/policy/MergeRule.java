package dev.migrationledger.contracts.policy;

import org.jspecify.annotations.Nullable;

/**
 * What a merge of several heads has to meet.
 *
 * @param approvals how many people approve it where the sides change different objects; 0: no one has to
 * @param approvalsWhereShared the same where both sides change one object
 * @param rehearsal whether it has to be rehearsed; absent: no
 */
public record MergeRule(int approvals, int approvalsWhereShared, @Nullable Rehearsal rehearsal) {

    /** One person. */
    public static final MergeRule DEFAULT = new MergeRule(1, 1, null);

    /** Whether a merge is run in scratch databases before it counts as approved. */
    public enum Rehearsal {
        OPTIONAL,
        REQUIRED
    }

    /** Whether it counts as approved only after a rehearsal that succeeded. */
    public boolean needsRehearsal() {
        return rehearsal == Rehearsal.REQUIRED;
    }
}
