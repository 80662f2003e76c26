package dev.migrationledger.agent.spool;

/** What the agent stores in its spool besides events. The spool knows only how long each lasts. */
public enum Memory {
    /** The last observation of the database: as long as the spool. */
    LAST_OBSERVATION(false),
    /** The position in the captured changes: as long as the spool. */
    CAPTURE(false),
    /** The schema as read last: as long as the spool. */
    LAST_SCHEMA(false),
    /** That the agent's start is published. */
    PUBLISHED_START(true),
    /** The scripts as published. */
    PUBLISHED_SCRIPTS(true),
    /** The files of the scripts as published. */
    PUBLISHED_FILES(true),
    /** The version table as published. */
    PUBLISHED_TABLE(true),
    /** The schema as published. */
    PUBLISHED_SCHEMA(true);

    private final boolean endsWithEpoch;

    Memory(boolean endsWithEpoch) {
        this.endsWithEpoch = endsWithEpoch;
    }

    /** Whether it is about what a ledger has: in a new epoch everything is published again. */
    boolean endsWithEpoch() {
        return endsWithEpoch;
    }
}
