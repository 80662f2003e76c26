package dev.migrationledger.ledger.recording.automation;

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

    private final ObjectProvider<Automation<?>> beans;
    private final AutomationLock lock;
    private final boolean enabled;
    private volatile List<AutomationLoop<?>> loops = List.of();
    private volatile boolean running;

    /** @param beans asked for when all are there: automations record, and what records wakes automations */
    Automations(ObjectProvider<Automation<?>> beans, DataSource database, boolean enabled) {
        this.beans = beans;
        this.lock = new AutomationLock(database);
        this.enabled = enabled;
    }

    @Override
    public void afterSingletonsInstantiated() {
        loops = beans.orderedStream().<AutomationLoop<?>>map(one -> new AutomationLoop<>(one, lock)).toList();
        Map<String, Long> names = loops.stream()
                .collect(Collectors.groupingBy(AutomationLoop::name, Collectors.counting()));
        names.forEach((name, number) -> {
            if (number > 1) {
                throw new IllegalStateException(number + " automations have the name '" + name + "'");
            }
        });
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
        loops.forEach(AutomationLoop::stop);
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
