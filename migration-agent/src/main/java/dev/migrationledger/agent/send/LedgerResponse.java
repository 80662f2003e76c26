package dev.migrationledger.agent.send;

import dev.migrationledger.contracts.envelope.Receipt;
import dev.migrationledger.contracts.problem.Problem;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came back for a batch. */
sealed interface LedgerResponse {

    record Received(Receipt receipt) implements LedgerResponse {}

    /** The ledger itself says that this batch is not to be had like this. */
    record Refused(String reason) implements LedgerResponse {}

    /** The ledger expects another sequence, or already has another event under one of these. */
    record OutOfSequence(Problem problem) implements LedgerResponse {}

    /**
     * Not now.
     *
     * @param reason a whole sentence
     * @param after how long the ledger asks to wait; absent: it does not say
     */
    record RetryLater(String reason, @Nullable Duration after) implements LedgerResponse {}
}
