package dev.migrationledger.agent.inference.replay;

import dev.migrationledger.contracts.event.Clue;
import dev.migrationledger.contracts.event.Evidence.Certainty;
import java.util.List;

/** What a step was. */
sealed interface Classification {

    StepChanges step();

    /**
     * A revision's upgrade or downgrade ran.
     *
     * @param clues how that is known
     */
    record Ran(StepChanges step, String revision, boolean up, Certainty certainty,
            List<Clue> clues) implements Classification {}

    /** Rows were written and no migration ran. */
    record Stamped(StepChanges step, Certainty certainty, List<Clue> clues) implements Classification {}

    /** Somebody changed the rows who is not the migration tool. */
    record Edited(StepChanges step, List<Clue> clues) implements Classification {}
}
