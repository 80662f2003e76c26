package dev.migrationledger.ledger.recording.automation;

import dev.migrationledger.ledger.recording.stream.StreamId;
import dev.migrationledger.ledger.tracing.LedgerTraces;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.SmartLifecycle;

/** Every {@link Automation} of the ledger, each in its loop. */
public final class Automations implements SmartLifecycle, SmartInitializingSingleton {

    /** At a stop, for the work of all. A message of a webhook takes no longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ObjectProvider<Automation<?>> beans;
    private final AutomationLock lock;
    private final boolean enabled;
    private final LedgerTraces traces;
    private volatile List<AutomationLoop<?>> loops = List.of();
    private volatile boolean running;

    /** @param beans asked for when all are there: automations record, and what records wakes automations */
    Automations(ObjectProvider<Automation<?>> beans, DataSource database, boolean enabled,
            LedgerTraces traces) {
        this.beans = beans;
        this.lock = new AutomationLock(database);
        this.enabled = enabled;
        this.traces = traces;
    }

    @Override
    public void afterSingletonsInstantiated() {
        loops = beans.orderedStream().<AutomationLoop<?>>map(this::loop).toList();
        Map<String, Long> names = loops.stream()
                .collect(Collectors.groupingBy(AutomationLoop::name, Collectors.counting()));
        names.forEach((name, number) -> {
            if (number > 1) {
                throw new IllegalStateException(number + " automations have the name '" + name + "'");
            }
        });
    }

    private <T extends StreamId> AutomationLoop<T> loop(Automation<T> one) {
        return new AutomationLoop<>(TracedAutomation.of(one, traces), lock);
    }

    /** Runs everything that is due once, by the calling thread. What another ledger runs meanwhile is left out. */
    public void round() {
        loops.forEach(AutomationLoop::round);
    }

    /** Events were committed. */
    public void wakeUp() {
        loops.forEach(AutomationLoop::wakeUp);
    }

    /** By automation, the time since it completed a round without a failure; empty where this ledger runs none. */
    public Map<String, Duration> sinceCompleteRound() {
        long now = System.nanoTime();
        return running
                ? loops.stream().collect(Collectors.toMap(AutomationLoop::name, one -> one.sinceCompleteRound(now)))
                : Map.of();
    }

    List<AutomationLoop<?>> loops() {
        return loops;
    }

    @Override
    public void start() {
        running = true;
        loops.forEach(AutomationLoop::start);
    }

    @Override
    public void stop() {
        running = false;
        loops.forEach(AutomationLoop::end);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        loops.forEach(loop -> loop.awaitEnd(Duration.ofNanos(Math.max(0, deadline - System.nanoTime()))));
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public boolean isAutoStartup() {
        return enabled;
    }
}
