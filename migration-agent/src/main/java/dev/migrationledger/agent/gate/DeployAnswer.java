package dev.migrationledger.agent.gate;

import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.gate.GateAnswer;
import dev.migrationledger.contracts.gate.LocalDecision;
import java.util.List;

/** What came of the question whether a deploy may run. */
sealed interface DeployAnswer {

    /** The ledger answered. */
    record OfLedger(GateAnswer answer) implements DeployAnswer {}

    /**
     * The ledger did not answer, and the agent decided by itself.
     *
     * @param findings of the environment
     * @param because why the ledger did not answer
     */
    record OfAgent(LocalDecision decision, List<Finding> findings, String because) implements DeployAnswer {
        public OfAgent {
            findings = List.copyOf(findings);
        }
    }

    /**
     * Nothing was decided.
     *
     * @param why whole sentences
     */
    record None(String why) implements DeployAnswer {}
}
