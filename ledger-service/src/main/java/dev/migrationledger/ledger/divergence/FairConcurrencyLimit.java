package dev.migrationledger.ledger.divergence;

import java.time.Duration;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Limits how many things run at once, for all callers together. Callers take turns in the order in which they ask. A caller with many things asks
 * again after each turn, so a caller with few things waits for one turn of each other caller at most.
 */
final class FairConcurrencyLimit {

    /** Of many small things several are done in a turn. */
    private static final Duration TURN = Duration.ofMillis(50);

    private final int slots;
    private final Semaphore free;

    FairConcurrencyLimit(int slots) {
        this.slots = slots;
        this.free = new Semaphore(slots, true);
    }

    /**
     * Does the same with many things and returns when each was done or has failed. Only outside of a lane.
     *
     * @throws RuntimeException or an Error: the first failure, if there was one
     */
    <T> void each(Collection<T> all, Consumer<T> action) {
        FailureCollector failures = new FailureCollector();
        Queue<T> left = new ConcurrentLinkedQueue<>(all);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < Math.min(slots, all.size()); i++) {
                threads.execute(() -> failures.at(() -> {
                    while (!left.isEmpty()) {
                        run(() -> turn(left, action, failures));
                    }
                }));
            }
        }
        failures.end();
    }

    private static <T> void turn(Queue<T> left, Consumer<T> action, FailureCollector failures) {
        long start = System.nanoTime();
        for (T next = left.poll(); next != null; next = left.poll()) {
            T one = next;
            failures.at(() -> action.accept(one));
            if (System.nanoTime() - start >= TURN.toNanos()) {
                return;
            }
        }
    }

    /** Does one thing that returns nothing. Only outside of a lane. */
    void run(Runnable action) {
        in(() -> {
            action.run();
            return true;
        });
    }

    /** Does one thing. Only outside of a lane. */
    <T> T in(Supplier<T> action) {
        try {
            free.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
        try {
            return action.get();
        } finally {
            free.release();
        }
    }
}
