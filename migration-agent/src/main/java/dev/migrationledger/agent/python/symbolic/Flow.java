package dev.migrationledger.agent.python.symbolic;

/** Where it goes on after a statement. */
enum Flow {
    /** The next statement. */
    ON,
    RETURN,
    RAISE,
    BREAK,
    CONTINUE
}
