package dev.migrationledger.ledger.tracing;

import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** No collector is configured. */
final class NoLedgerTraces implements LedgerTraces {

    @Override
    public <R> R batch(TracedBatch batch, Supplier<Outcome<R>> recording) {
        return recording.get().result();
    }

    @Override
    public void together(TracedBatch batch, Instant since) {
        // No one asks for it.
    }

    @Override
    public void views(int events, Runnable update) {
        update.run();
    }

    @Override
    public void automation(String name, @Nullable String project, @Nullable String environment, Runnable run) {
        run.run();
    }
}
