package dev.migrationledger.agent.gate;

import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.core.gate.StartAnswer;
import org.jspecify.annotations.Nullable;

/** What one check came to. */
sealed interface StartResult {

    /** Whether it may be another one later without a person doing anything. */
    boolean passes();

    /**
     * The gate has an answer.
     *
     * @param table absent where the answer needs none
     */
    record Judged(@Nullable VersionTable table, StartAnswer answer) implements StartResult {
        @Override
        public boolean passes() {
            return answer.outcome().passes();
        }
    }

    /**
     * The gate cannot tell.
     *
     * @param reason why: a whole sentence, without a secret
     */
    record Unknown(String reason, boolean passes) implements StartResult {}
}
