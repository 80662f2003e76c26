package dev.migrationledger.contracts.audit;

/**
 * Where to read on.
 *
 * @param address on this ledger, beginning with {@code /}
 */
public record AuditLink(Kind kind, String address) {

    /** What is there. */
    public enum Kind {
        /** The file of a revision, its footprint and its edits. */
        REVISION,
        /** The environment as it was then. */
        ENVIRONMENT,
        /** What changed in the schema. */
        SCHEMA,
        /** The finding with its evidence and its plan. */
        FINDING,
        /** Everything that belongs to the same run. */
        RUN,
        MERGE,
        /** The question to the gate and its answer. */
        DEPLOY,
        POLICY
    }
}
