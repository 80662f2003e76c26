package dev.migrationledger.contracts.event;

/** Why an agent could not observe for a while, or why what it observed is not known to the ledger. */
public sealed interface GapReason {

    record AgentNotRunning() implements GapReason {}

    /** The agent ran and could not look at the database. */
    record DatabaseNotSeen(Failure failure) implements GapReason {

        /** What kept it from looking. */
        public enum Failure {
            UNREACHABLE,
            /** A lock, or a server that is too slow. */
            BUSY,
            /** The server did not let the agent's user in. */
            REJECTED,
            /** The server had no such database. */
            NO_DATABASE,
            /** The agent's user could not read what it has to. */
            FORBIDDEN,
            /** Something else had the name of the version table. */
            NOT_A_VERSION_TABLE
        }
    }

    /** Another database answers since then. */
    record OtherDatabase() implements GapReason {}

    /** What the agent had not sent was lost with its spool. */
    record SpoolDamaged() implements GapReason {}

    /** The agent could look at the database, and could not store what it saw. */
    record SpoolNotWritten(Cause cause) implements GapReason {

        /** What kept it from storing. */
        public enum Cause {
            /** A full disk, or one that fails. */
            DISK,
            /** As much waited for the ledger as may wait. */
            LIMIT
        }
    }

    /**
     * The ledger was restored from a backup or replaced.
     *
     * @param ledger its address
     * @param expected the event that it expects, which it had acknowledged before
     */
    record LedgerWentBack(String ledger, long expected) implements GapReason {}

    /**
     * The agent's spool is a copy, or was restored from one.
     *
     * @param ledger the address of the ledger that has other events
     */
    record SpoolCopied(String ledger) implements GapReason {}

    /**
     * The ledger did not take an event.
     *
     * @param type its name in the catalogue
     * @param answer of the ledger
     */
    record EventRefused(String type, String answer) implements GapReason {}

    /**
     * The agent could not read an event that another version of it had left.
     *
     * @param type its name in the catalogue
     */
    record EventUnreadable(String type, String error) implements GapReason {}
}
