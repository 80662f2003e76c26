package dev.migrationledger.ledger.recording.automation;

import dev.migrationledger.ledger.platform.OutOfMemory;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Runs one automation: soon after events were recorded, and every few seconds in any case. Each target runs by itself and rests afterwards, so that
 * what is recorded meanwhile hardly notices, and no target waits for another one's end. What fails is tried again, after longer and longer pauses.
 */
final class AutomationLoop<T extends StreamId> {

    private static final Logger log = LoggerFactory.getLogger(AutomationLoop.class);

    /** Events come in bursts: what is recorded meanwhile is handled with the first. */
    private static final Duration GATHERING = Duration.ofMillis(300);

    private static final Duration AT_LEAST_EVERY = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** A target rests as long as its work took, and no longer than this. */
    private static final Duration LONGEST_REST = Duration.ofSeconds(2);

    /** So long interrupted work may take to end. */
    private static final Duration INTERRUPTED = Duration.ofSeconds(5);

    /** Targets that run at once. One more waits until the first of them is done. */
    private static final int AT_ONCE = 8;

    private record Failure(String message, Duration pause) {
        private static final Failure NONE = new Failure("", Duration.ZERO);
    }

    private final Automation<T> automation;
    private final AutomationLock lock;
    private final Semaphore wakeUp = new Semaphore(0);
    private final Semaphore free = new Semaphore(AT_ONCE, true);

    /** Targets that run or rest, with their start by {@code System.nanoTime()}. */
    private final Map<T, Long> running = new ConcurrentHashMap<>();

    /** Those among them that became due again. */
    private final Set<T> dueAgain = ConcurrentHashMap.newKeySet();

    private final Map<T, Failure> failures = new ConcurrentHashMap<>();

    /** Of finding out what is due. */
    private volatile Failure failure = Failure.NONE;

    private volatile long wellAt = System.nanoTime();

    /** When it was asked what is due by the time, too. */
    private volatile long lookedAt = System.nanoTime() - AT_LEAST_EVERY.toNanos();

    /** Open from each start until the loop has to end. */
    private volatile CountDownLatch end = new CountDownLatch(0);

    private volatile @Nullable Thread thread;

    AutomationLoop(Automation<T> automation, AutomationLock lock) {
        this.automation = automation;
        this.lock = lock;
    }

    String name() {
        return automation.name();
    }

    void wakeUp() {
        if (wakeUp.availablePermits() == 0) {
            wakeUp.release();
        }
    }

    void start() {
        wakeUp();
        wellAt = System.nanoTime();
        lookedAt = wellAt - AT_LEAST_EVERY.toNanos();
        CountDownLatch ending = new CountDownLatch(1);
        end = ending;
        thread = Thread.ofPlatform().name(automation.name()).daemon().start(() -> loop(ending));
    }

    /** Begins no more work. Returns at once. */
    void end() {
        end.countDown();
        wakeUp();
    }

    /**
     * Waits for what runs. Then interrupts it: its connections end with it, and what it had not stored is due again.
     *
     * @param patience how long to wait
     */
    void awaitEnd(Duration patience) {
        Thread ending = thread;
        thread = null;
        if (ending == null) {
            return;
        }
        try {
            if (!ending.join(patience)) {
                ending.interrupt();
                ending.join(INTERRUPTED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The time since every target that was due ran without a failure. */
    Duration sinceCompleteRound(long nanoTime) {
        return Duration.ofNanos(nanoTime - wellAt);
    }

    int due() {
        return automation.due().size();
    }

    /** Runs what is due once, one target after the other. */
    void round() {
        automation.due().forEach(target -> locked(target, () -> false));
    }

    private void loop(CountDownLatch ending) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            while (ending.getCount() > 0 && !Thread.currentThread().isInterrupted()) {
                try {
                    wakeUp.tryAcquire(AT_LEAST_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                    wakeUp.drainPermits();
                    if (waited(ending, GATHERING.plus(failure.pause))) {
                        take().forEach(target -> threads.execute(() -> run(target, ending)));
                    }
                    failure = Failure.NONE;
                    noteHealth();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } catch (RuntimeException | Error e) {
                    failure = failed(failure, e);
                    wakeUp();
                }
            }
        }
    }

    /** Whether the time passed before the loop had to end. */
    private static boolean waited(CountDownLatch ending, Duration time) throws InterruptedException {
        return !ending.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Takes the targets that are due and do not run. */
    private synchronized Set<T> take() {
        long now = System.nanoTime();
        boolean byTime = now - lookedAt >= AT_LEAST_EVERY.toNanos();
        Set<T> due = new LinkedHashSet<>(byTime ? automation.due() : automation.dueByEvents());
        lookedAt = byTime ? now : lookedAt;
        due.stream().filter(running::containsKey).forEach(dueAgain::add);
        due.removeAll(running.keySet());
        due.forEach(target -> running.put(target, System.nanoTime()));
        return due;
    }

    /** Whether it became due again while it ran. */
    private synchronized boolean release(T target) {
        running.remove(target);
        return dueAgain.remove(target);
    }

    private void run(T target, CountDownLatch ending) {
        long start = System.nanoTime();
        Duration rest;
        boolean failed = false;
        try {
            locked(target, () -> ending.getCount() == 0);
            failures.remove(target);
            rest = shorter(Duration.ofNanos(System.nanoTime() - start), LONGEST_REST);
        } catch (RuntimeException | Error e) {
            failed = true;
            Failure now = failed(failures.getOrDefault(target, Failure.NONE), e);
            failures.put(target, now);
            rest = now.pause;
        }
        try {
            waited(ending, rest);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (release(target) || failed) {
            wakeUp();
        }
    }

    private void locked(T target, BooleanSupplier stopping) {
        try {
            free.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        try {
            if (!stopping.getAsBoolean()) {
                lock.holding(automation.name(), target, () -> automation.run(target, stopping));
            }
        } finally {
            free.release();
        }
    }

    private void noteHealth() {
        if (failures.isEmpty()) {
            long now = System.nanoTime();
            wellAt = now - running.values().stream().mapToLong(start -> now - start).max().orElse(0);
        }
    }

    private Failure failed(Failure before, Throwable e) {
        OutOfMemory.check(e);
        Failure now = new Failure(String.valueOf(e.getMessage()),
                shorter(before.pause.multipliedBy(2).plusSeconds(1), LONGEST_PAUSE));
        if (thread != null && !logged(now.message)) {
            log.atWarn()
                    .addKeyValue("automation", automation.name())
                    .setCause(e instanceof DataAccessException ? null : e)
                    .log("{} failed; retrying in {} s: {}", automation.name(), now.pause.toSeconds(), now.message);
        }
        return now;
    }

    /** The same message is logged once, however many targets it is about. */
    private boolean logged(String message) {
        return failure.message.equals(message)
                || failures.values().stream().anyMatch(known -> known.message.equals(message));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
