package dev.migrationledger.ledger.gate;

import dev.migrationledger.contracts.event.GateEvent.DeployAnswered;
import dev.migrationledger.contracts.event.GateEvent.OverrideOpened;
import java.time.Instant;

/** What became of a {@link DeployCommand}. */
sealed interface DeployResult {

    /**
     * The answer.
     *
     * @param at when it was decided
     */
    record Answered(DeployAnswered answer, Instant at) implements DeployResult {}

    /** It is so now. */
    record Done() implements DeployResult {}

    /** An override is open now. */
    record Opened(OverrideOpened override) implements DeployResult {}

    /** The deploy does not run or was not asked for, or the override is not the last one. */
    record Unknown() implements DeployResult {}

    /** Who asked for a deploy does not approve it. */
    record OwnDeploy() implements DeployResult {}

    /** There is one already. */
    record OpenAlready(String by, Instant until) implements DeployResult {}

    /** What was deployed under the last override has to be reviewed first. */
    record ReviewDue(String by) implements DeployResult {}

    /** It is still open. */
    record StillOpen(Instant until) implements DeployResult {}
}
