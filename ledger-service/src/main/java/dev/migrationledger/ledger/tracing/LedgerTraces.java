package dev.migrationledger.ledger.tracing;

import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Spans of batches, of the views that they change, and of the automations that follow. Safe for several threads. */
public sealed interface LedgerTraces permits NoLedgerTraces, ExportedLedgerTraces {

    /** The header of W3C Trace Context, of a request over HTTP or Kafka. */
    String HEADER = "traceparent";

    /**
     * A batch, and where it belongs.
     *
     * @param traceParent the header, as the sender gave it; absent: it gave none
     */
    record TracedBatch(@Nullable String traceParent, String project, String environment, int events) {}

    /**
     * What came of a batch.
     *
     * @param code {@code accepted}, or that of the problem
     */
    record Outcome<R>(R result, String code, boolean accepted) {}

    /** Records a batch in a span of the sender's trace. */
    <R> R batch(TracedBatch batch, Supplier<Outcome<R>> recording);

    /** A batch was recorded together with others, since then. */
    void together(TracedBatch batch, Instant since);

    /** Brings views up to date, within the span of the batch that changes them. */
    void views(int events, Runnable update);

    /**
     * Runs an automation. Each batch that was recorded before, and that it is about, gets a span of this run: the first one of this automation.
     *
     * @param project absent: all
     * @param environment absent: all of the project
     */
    void automation(String name, @Nullable String project, @Nullable String environment, Runnable run);
}
