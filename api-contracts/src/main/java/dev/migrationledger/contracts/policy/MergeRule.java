package dev.migrationledger.contracts.policy;

import org.jspecify.annotations.Nullable;

/**
 * What a merge of several heads has to meet.
 *
 * @param approvals how many people approve it where the sides change different objects; 0: no one has to
 * @param approvalsWhereShared the same where both sides change one object
 * @param authors what has to be known of who wrote the sides; absent: {@link Authors#ANY}
 * @param rehearsal whether it has to be rehearsed; absent: no
 */
public record MergeRule(
        int approvals, int approvalsWhereShared, @Nullable Authors authors, @Nullable Rehearsal rehearsal) {

    /** One person. */
    public static final MergeRule DEFAULT = new MergeRule(1, 1);

    /** Authors may be unknown, and no rehearsal is needed. */
    public MergeRule(int approvals, int approvalsWhereShared) {
        this(approvals, approvalsWhereShared, null, null);
    }

    /** What has to be known of who wrote the sides of a merge. */
    public enum Authors {
        /** Nothing: who is not known to have written them may approve. */
        ANY,
        /** Of each revision, who wrote it. Otherwise no approval is enough. */
        KNOWN
    }

    /** Whether a merge is run in scratch databases before it counts as approved. */
    public enum Rehearsal {
        OPTIONAL,
        REQUIRED
    }

    /** Whether anyone has to approve any merge. */
    public boolean needsApprovals() {
        return approvals > 0 || approvalsWhereShared > 0;
    }

    /** Whether no approval is enough as long as an author is not known. */
    public boolean needsAuthors() {
        return authors == Authors.KNOWN;
    }

    /** Whether it counts as approved only after a rehearsal that succeeded. */
    public boolean needsRehearsal() {
        return rehearsal == Rehearsal.REQUIRED;
    }
}
