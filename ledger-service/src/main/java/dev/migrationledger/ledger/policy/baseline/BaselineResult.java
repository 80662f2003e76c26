package dev.migrationledger.ledger.policy.baseline;

import java.util.Set;
import java.util.UUID;

/** What became of a wish about the baseline. */
public sealed interface BaselineResult {

    /** Done, now or before. */
    record Done(Set<UUID> acceptances) implements BaselineResult {
        public Done {
            acceptances = Set.copyOf(acceptances);
        }
    }

    /** The project would accept more findings than it may. */
    record TooMany(int wanted) implements BaselineResult {}

    /** No such acceptance counts. */
    record Unknown() implements BaselineResult {}
}
