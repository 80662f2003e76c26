package dev.migrationledger.faults;

/** What is done to a process in the midst of work. */
enum Fault {
    AGENT_KILLED,
    AGENT_PAUSED,
    LEDGER_KILLED,
    LEDGER_PAUSED,
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
    WATCHED_SESSION_ENDED
}
