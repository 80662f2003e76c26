package dev.migrationledger.agent.inference.round;

import dev.migrationledger.agent.inference.poll.VersionTableSnapshot;
import dev.migrationledger.contracts.text.Fingerprint;
import java.time.Instant;

/**
 * What is remembered of the database from one poll to the next, also across restarts.
 *
 * @param at when it began, by the agent's clock
 * @param target the version table as configured: another one makes a poll a first poll again
 * @param database that it was
 * @param mark of the schema
 */
public record LastObservation(Instant at, String target, Fingerprint database, VersionTableSnapshot seen,
        Fingerprint mark) {

    /** The same, seen once more. */
    public LastObservation at(Instant later) {
        return new LastObservation(later, target, database, seen, mark);
    }
}
