package dev.migrationledger.agent.watch;

import dev.migrationledger.agent.database.NotificationListener;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waits between two rounds: until the time is over, a change is captured, or the agent is asked to stop. */
final class PollTimer implements AutoCloseable {

    private static final Duration LISTENING = Duration.ofHours(1);

    private final Semaphore signal = new Semaphore(0);
    private volatile boolean stopping;
    private @Nullable NotificationListener notifications;
    private @Nullable Thread listening;

    /** Asks to stop, from any thread. */
    void stop() {
        stopping = true;
        signal.release();
    }

    /**
     * Waits.
     *
     * @param pause the longest wait
     * @return whether the agent is asked to stop
     */
    boolean isStoppedAfter(Duration pause) throws InterruptedException {
        if (signal.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS)) {
            signal.drainPermits();
        }
        return stopping;
    }

    /** From now on a notification ends the wait, too. A second call does nothing. */
    void listen(Supplier<NotificationListener> opening) {
        if (notifications == null) {
            NotificationListener opened = opening.get();
            notifications = opened;
            listening = Thread.ofVirtual().name("listen").start(() -> {
                try {
                    while (!stopping) {
                        if (opened.await(LISTENING)) {
                            signal.release();
                        }
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    @Override
    public void close() {
        if (listening != null) {
            listening.interrupt();
        }
        if (notifications != null) {
            notifications.close();
        }
    }
}
