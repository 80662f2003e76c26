package dev.migrationledger.agent.inference.replay;

import dev.migrationledger.contracts.event.Evidence.Certainty;

/** What a step was. */
sealed interface Classification {

    StepChanges step();

    /**
     * A revision's upgrade or downgrade ran.
     *
     * @param detail how that is known, in a clause
     */
    record Ran(StepChanges step, String revision, boolean up, Certainty certainty,
            String detail) implements Classification {}

    /** Rows were written and no migration ran. */
    record Stamped(StepChanges step, Certainty certainty, String detail) implements Classification {}

    /** Somebody changed the rows who is not the migration tool. */
    record Edited(StepChanges step, String detail) implements Classification {}
}
