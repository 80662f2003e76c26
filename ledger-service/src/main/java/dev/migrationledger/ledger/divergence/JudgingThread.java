package dev.migrationledger.ledger.divergence;

import dev.migrationledger.ledger.platform.OutOfMemory;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/**
 * Keeps judging: soon after events were recorded, and now and then in any case, for what other ledgers record and for agents that fall
 * silent. It rests between rounds, so that what is ingested hardly notices. Whatever goes wrong is tried
 * again.
 */
final class JudgingThread implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(JudgingThread.class);

    /** Events come in bursts: what comes in meanwhile is judged with the first. */
    private static final Duration GATHERING = Duration.ofMillis(300);

    private static final Duration AT_LEAST_EVERY = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** After a round as much time passes as it took, and no more than this. */
    private static final Duration LONGEST_REST = Duration.ofSeconds(2);

    private final Judging judging;
    private final Bell bell;
    private final JudgingHealth health;
    private final boolean enabled;
    private volatile @Nullable Thread thread;

    JudgingThread(Judging judging, Bell bell, JudgingHealth health, boolean enabled) {
        this.judging = judging;
        this.bell = bell;
        this.health = health;
        this.enabled = enabled;
    }

    private void run() {
        Duration pause = Duration.ZERO;
        String trouble = "";
        while (!Thread.currentThread().isInterrupted()) {
            try {
                bell.await(AT_LEAST_EVERY);
                Thread.sleep(GATHERING.plus(pause));
                long start = System.nanoTime();
                judging.round();
                health.wellAt(System.nanoTime());
                pause = shorter(Duration.ofNanos(System.nanoTime() - start), LONGEST_REST);
                trouble = "";
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException | Error e) {
                OutOfMemory.check(e);
                pause = shorter(pause.multipliedBy(2).plusSeconds(1), LONGEST_PAUSE);
                trouble = said(e, trouble);
                bell.ring();
            }
        }
    }

    /** The same trouble is said once; a fault of the ledger's own with the place where it happened. */
    private static String said(Throwable trouble, String before) {
        String words = String.valueOf(trouble.getMessage());
        if (!words.equals(before)) {
            log.atWarn()
                    .setCause(trouble instanceof DataAccessException ? null : trouble)
                    .log("Environments could not be judged, trying again: {}", words);
        }
        return words;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    @Override
    public void start() {
        bell.ring();
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
