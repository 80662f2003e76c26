package dev.migrationledger.agent.send;

import dev.migrationledger.contracts.envelope.Receipt;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came back for a batch. */
public sealed interface LedgerResponse {

    record Received(Receipt receipt) implements LedgerResponse {}

    /** The ledger itself says that this batch is not to be had like this. */
    record Refused(String reason) implements LedgerResponse {}

    /**
     * The batch begins after an event that the ledger has not.
     *
     * @param expected the next sequence that it takes
     */
    record SequenceAhead(long expected, String detail) implements LedgerResponse {}

    /** The ledger already has another event under one of the sequences. */
    record SequenceConflict(String detail) implements LedgerResponse {}

    /**
     * Not now.
     *
     * @param reason a whole sentence
     * @param after how long the ledger asks to wait; absent: it does not say
     */
    record RetryLater(String reason, @Nullable Duration after) implements LedgerResponse {}
}
