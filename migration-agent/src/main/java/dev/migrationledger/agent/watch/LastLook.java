package dev.migrationledger.agent.watch;

import java.time.Instant;

/**
 * What is remembered of the database from one look to the next, also across restarts.
 *
 * @param at when it began, by the agent's clock
 * @param target the version table as configured: another one makes a look a first look again
 * @param database that it was
 * @param mark of the schema
 */
record LastLook(Instant at, String target, String database, Seen seen, String mark) {

    /** The same, seen once more. */
    LastLook at(Instant later) {
        return new LastLook(later, target, database, seen, mark);
    }
}
