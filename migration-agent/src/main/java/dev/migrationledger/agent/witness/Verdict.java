package dev.migrationledger.agent.witness;

import dev.migrationledger.contracts.event.Evidence.Certainty;

/** What a turn was. */
sealed interface Verdict {

    Turn turn();

    /**
     * A revision's upgrade or downgrade ran.
     *
     * @param detail how that is known, in a clause
     */
    record Ran(Turn turn, String revision, boolean up, Certainty certainty, String detail) implements Verdict {}

    /** Rows were written and no migration ran. */
    record Stamped(Turn turn, Certainty certainty, String detail) implements Verdict {}

    /** Somebody changed the rows who is not the migration tool. */
    record Edited(Turn turn, String detail) implements Verdict {}
}
