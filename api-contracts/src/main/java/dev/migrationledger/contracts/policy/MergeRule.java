package dev.migrationledger.contracts.policy;

/**
 * How many people approve a merge of several heads.
 *
 * @param approvals where the sides change different objects; 0: no one has to
 * @param approvalsWhereShared where both sides change one object
 */
public record MergeRule(int approvals, int approvalsWhereShared) {

    /** One person. */
    public static final MergeRule DEFAULT = new MergeRule(1, 1);
}
