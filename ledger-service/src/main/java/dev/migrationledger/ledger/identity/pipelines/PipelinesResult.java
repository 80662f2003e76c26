package dev.migrationledger.ledger.identity.pipelines;

/** What became of a {@link PipelinesCommand}. */
public enum PipelinesResult {
    DONE,
    /** No such pipeline is trusted. */
    UNKNOWN,
    /** It is trusted there already. */
    UNCHANGED,
    /** As many are trusted as may be. */
    TOO_MANY
}
