package dev.migrationledger.ledger.divergence;

import java.util.Collection;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Does the same with many things, so many at once as there are lanes, whoever asks for it. */
final class Lanes {
    private final Semaphore free;

    Lanes(int lanes) {
        this.free = new Semaphore(lanes);
    }

    /**
     * Returns when each was done or has failed.
     *
     * @throws RuntimeException or an Error: the first failure, if there was one
     */
    <T> void each(Collection<T> all, Consumer<T> action) {
        Attempts attempts = new Attempts();
        if (all.size() == 1) {
            attempts.at(() -> action.accept(all.iterator().next()));
        } else {
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                all.forEach(one -> threads.execute(() -> attempts.at(() -> inLane(() -> action.accept(one)))));
            }
        }
        attempts.end();
    }

    private void inLane(Runnable action) {
        free.acquireUninterruptibly();
        try {
            action.run();
        } finally {
            free.release();
        }
    }
}
