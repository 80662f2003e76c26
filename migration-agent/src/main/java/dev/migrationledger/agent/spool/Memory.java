package dev.migrationledger.agent.spool;

/** What the agent keeps in its spool besides events. The content is its own business; the spool knows how long it lasts. */
public enum Memory {
    /** How the database looked last: as long as the spool. */
    LAST_LOOK(false),
    /** Up to where captured changes were read: as long as the spool. */
    CAPTURE(false),
    /** The schema as it was read last: as long as the spool. */
    LAST_SCHEMA(false),
    /** That the ledger was told who is watching. */
    TOLD_START(true),
    /** Which scripts the ledger was told about. */
    TOLD_SCRIPTS(true),
    /** What the ledger was told of the scripts' files. */
    PUBLISHED_FILES(true),
    /** Which version table the ledger was told about. */
    TOLD_TABLE(true),
    /** Which schema the ledger was told about. */
    PUBLISHED_SCHEMA(true);

    private final boolean endsWithEpoch;

    Memory(boolean endsWithEpoch) {
        this.endsWithEpoch = endsWithEpoch;
    }

    /** Whether it is about what a ledger was told: a new epoch tells everything anew. */
    boolean endsWithEpoch() {
        return endsWithEpoch;
    }
}
