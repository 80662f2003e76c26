package dev.migrationledger.ledger.ingest;

import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.ledger.ingest.IngestResult.Accepted;
import dev.migrationledger.ledger.ingest.IngestResult.Rejection;
import dev.migrationledger.ledger.tracing.LedgerTraces.Outcome;
import dev.migrationledger.ledger.tracing.LedgerTraces.TracedBatch;
import dev.migrationledger.ledger.tracing.LedgerTraces;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a trace has of a batch: where it belongs, how many events, and what came of it. */
public final class BatchSpan {

    private BatchSpan() {}

    /**
     * Records a batch in a span.
     *
     * @param traceParent as its sender gave it; absent: it gave none
     */
    public static IngestResult of(
            LedgerTraces traces, @Nullable String traceParent, EventBatch batch, Supplier<IngestResult> recording) {
        return traces.batch(traced(traceParent, batch), () -> {
            IngestResult result = recording.get();
            return switch (result) {
                case Accepted _ -> new Outcome<>(result, "accepted", true);
                case Rejection rejection -> new Outcome<>(result, rejection.code(), false);
            };
        });
    }

    public static TracedBatch traced(@Nullable String traceParent, EventBatch batch) {
        // An empty batch is refused later.
        AgentEnvelope first = batch.events().isEmpty() ? null : batch.events().getFirst();
        return new TracedBatch(traceParent, first == null ? "" : first.project(),
                first == null ? "" : first.environment(),
                batch.events().size());
    }
}
