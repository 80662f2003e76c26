package dev.migrationledger.ledger.recording.automation;

import dev.migrationledger.ledger.recording.stream.StreamId;
import dev.migrationledger.ledger.tracing.LedgerTraces;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** An automation whose runs are in the traces of the events that cause them. */
record TracedAutomation<T extends StreamId>(Automation<T> automation, LedgerTraces traces) implements Automation<T> {

    static <T extends StreamId> Automation<T> of(Automation<T> automation, LedgerTraces traces) {
        return automation.isCausedByEvents() ? new TracedAutomation<>(automation, traces) : automation;
    }

    @Override
    public String name() {
        return automation.name();
    }

    @Override
    public Set<T> due() {
        return automation.due();
    }

    @Override
    public Set<T> dueByEvents() {
        return automation.dueByEvents();
    }

    @Override
    public void run(T target) {
        run(target, () -> false);
    }

    @Override
    public void run(T target, BooleanSupplier stopping) {
        traces.automation(name(), StreamId.project(target),
                target instanceof StreamId.Environment(_, String environment) ? environment : null,
                () -> automation.run(target, stopping));
    }
}
