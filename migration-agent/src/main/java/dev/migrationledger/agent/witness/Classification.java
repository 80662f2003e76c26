package dev.migrationledger.agent.witness;

import dev.migrationledger.contracts.event.Evidence.Certainty;

/** What a turn was. */
sealed interface Classification {

    StepChanges turn();

    /**
     * A revision's upgrade or downgrade ran.
     *
     * @param detail how that is known, in a clause
     */
    record Ran(StepChanges turn, String revision, boolean up, Certainty certainty,
            String detail) implements Classification {}

    /** Rows were written and no migration ran. */
    record Stamped(StepChanges turn, Certainty certainty, String detail) implements Classification {}

    /** Somebody changed the rows who is not the migration tool. */
    record Edited(StepChanges turn, String detail) implements Classification {}
}
