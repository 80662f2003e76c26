package dev.migrationledger.contracts.scripts;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;

/**
 * Something wrong with migration scripts, as it was read. It holds facts only: who shows it makes the sentence, so a better sentence
 * changes no event and no digest.
 */
public sealed interface ScriptProblem permits ConfigProblem, FileProblem, GraphProblem, ScriptProblem.LeftOut {

    /** The divergence that it is. */
    DivergenceCode code();

    /**
     * There are more problems than one event holds.
     *
     * @param count how many are not in the event
     */
    record LeftOut(int count) implements ScriptProblem {
        @Override
        public DivergenceCode code() {
            return DivergenceCode.SCRIPTS_UNREADABLE;
        }
    }
}
