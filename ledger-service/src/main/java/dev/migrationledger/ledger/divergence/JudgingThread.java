package dev.migrationledger.ledger.divergence;

import dev.migrationledger.ledger.platform.OutOfMemory;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/**
 * Keeps judging: soon after events were recorded, and now and then in any case, for what other ledgers record and for agents that fall
 * silent. Each project is judged by itself and rests afterwards, so that what is ingested hardly notices, and none waits for another one's end.
 * Whatever goes wrong is tried again.
 */
final class JudgingThread implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(JudgingThread.class);

    /** Events come in bursts: what comes in meanwhile is judged with the first. */
    private static final Duration GATHERING = Duration.ofMillis(300);

    private static final Duration AT_LEAST_EVERY = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** After a project was judged as much time passes as that took, and no more than this. */
    private static final Duration LONGEST_REST = Duration.ofSeconds(2);

    /** What went wrong, and how long nothing is tried after it. */
    private record Trouble(String words, Duration pause) {
        private static final Trouble NONE = new Trouble("", Duration.ZERO);
    }

    /** In place of a project's name where finding out what is due went wrong. */
    private static final String EVERY_PROJECT = "";

    private final Judging judging;
    private final WakeUpSignal signal;
    private final JudgingHealth health;
    private final boolean enabled;
    private final Map<String, Trouble> troubles = new ConcurrentHashMap<>();
    private volatile @Nullable Thread thread;

    JudgingThread(Judging judging, WakeUpSignal signal, JudgingHealth health, boolean enabled) {
        this.judging = judging;
        this.signal = signal;
        this.health = health;
        this.enabled = enabled;
    }

    private void run() {
        try (ExecutorService projects = Executors.newVirtualThreadPerTaskExecutor()) {
            Duration pause = Duration.ZERO;
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    signal.await(AT_LEAST_EVERY);
                    Thread.sleep(GATHERING.plus(pause));
                    judging.take().forEach(project -> projects.execute(() -> judge(project)));
                    troubles.remove(EVERY_PROJECT);
                    pause = Duration.ZERO;
                    tellHealth();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } catch (RuntimeException | Error e) {
                    pause = failed(EVERY_PROJECT, e);
                    signal.send();
                }
            }
            projects.shutdownNow();
        }
    }

    /** Judges one project; what becomes due meanwhile comes after its rest. */
    private void judge(String project) {
        long start = System.nanoTime();
        boolean failed = false;
        Duration rest;
        try {
            judging.judge(project);
            troubles.remove(project);
            rest = shorter(Duration.ofNanos(System.nanoTime() - start), LONGEST_REST);
        } catch (RuntimeException | Error e) {
            failed = true;
            rest = failed(project, e);
        }
        try {
            Thread.sleep(rest);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (judging.release(project) || failed) {
            signal.send();
        }
    }

    /** A ledger is well as of the moment since when each project was judged without a failure. */
    private void tellHealth() {
        if (troubles.isEmpty()) {
            long now = System.nanoTime();
            health.wellAt(now - judging.longest(now).toNanos());
        }
    }

    private Duration failed(String project, Throwable e) {
        OutOfMemory.check(e);
        Trouble before = troubles.getOrDefault(project, Trouble.NONE);
        Trouble trouble = new Trouble(String.valueOf(e.getMessage()),
                shorter(before.pause.multipliedBy(2).plusSeconds(1), LONGEST_PAUSE));
        if (isRunning()) {
            log(e, trouble.words);
        }
        troubles.put(project, trouble);
        return trouble.pause;
    }

    /** The same trouble is said once; a fault of the ledger's own with the place where it happened. */
    private void log(Throwable e, String words) {
        if (troubles.values().stream().noneMatch(known -> known.words.equals(words))) {
            log.atWarn()
                    .setCause(e instanceof DataAccessException ? null : e)
                    .log("Environments could not be judged, trying again: {}", words);
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    @Override
    public void start() {
        signal.send();
        health.wellAt(System.nanoTime());
        thread = Thread.ofPlatform().name("judging").daemon().start(this::run);
    }

    @Override
    public void stop() {
        Thread running = thread;
        thread = null;
        if (running != null) {
            running.interrupt();
            try {
                running.join(Duration.ofSeconds(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    @Override
    public boolean isAutoStartup() {
        return enabled;
    }
}
