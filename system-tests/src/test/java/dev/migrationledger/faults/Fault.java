package dev.migrationledger.faults;

/** What is done to a process, its disk or its clock during work. */
enum Fault {
    AGENT_KILLED,
    AGENT_PAUSED,
    /** One of the two. */
    LEDGER_KILLED,
    /** One of the two. */
    LEDGER_PAUSED,
    BROKER_KILLED,
    BROKER_PAUSED,
    /** The PostgreSQL that the ledger keeps its events in. */
    LEDGER_SERVER_KILLED,
    LEDGER_SERVER_PAUSED,
    /** One session's process, which ends all of the server's sessions. */
    LEDGER_SESSION_KILLED,
    /** The PostgreSQL of the databases that are watched. */
    WATCHED_SERVER_KILLED,
    WATCHED_SERVER_PAUSED,
    WATCHED_SESSION_KILLED,
    /** One session as {@code pg_terminate_backend} ends it. */
    WATCHED_SESSION_ENDED,
    /** Nothing more can be written to the folder of its spool. */
    AGENT_DISK_FULL,
    /** Nothing more can be written to the ledger's folder, which its PostgreSQL is in. */
    LEDGER_DISK_FULL,
    /** To another day, where it stays until it is moved again. */
    AGENT_CLOCK_MOVED,
    LEDGER_CLOCK_MOVED;

    boolean fillsDisk() {
        return this == AGENT_DISK_FULL || this == LEDGER_DISK_FULL;
    }

    boolean movesClock() {
        return this == AGENT_CLOCK_MOVED || this == LEDGER_CLOCK_MOVED;
    }
}
