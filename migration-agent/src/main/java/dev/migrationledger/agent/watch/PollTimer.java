package dev.migrationledger.agent.watch;

import dev.migrationledger.agent.database.NotificationListener;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Between two rounds: ends when the time is over, when something was captured, or when the agent is asked to stop. */
final class PollTimer implements AutoCloseable {

    private static final Duration LONG = Duration.ofHours(1);

    private final Semaphore reason = new Semaphore(0);
    private volatile boolean over;
    private @Nullable NotificationListener bell;
    private @Nullable Thread listener;

    /** Asks to stop, from any thread. */
    void end() {
        over = true;
        reason.release();
    }

    /** Waits no longer than this, and says whether it is time to stop. */
    boolean isOverAfter(Duration pause) throws InterruptedException {
        if (reason.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS)) {
            reason.drainPermits();
        }
        return over;
    }

    /** From now on a bell wakes as well. Asked again, it does nothing. */
    void listen(Supplier<NotificationListener> bells) {
        if (bell == null) {
            NotificationListener one = bells.get();
            bell = one;
            listener = Thread.ofVirtual().name("listen").start(() -> {
                try {
                    while (!over) {
                        if (one.await(LONG)) {
                            reason.release();
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
        if (listener != null) {
            listener.interrupt();
        }
        if (bell != null) {
            bell.close();
        }
    }
}
