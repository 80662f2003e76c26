package dev.migrationledger.ledger.audit.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Writes one part of an export in another thread while the next one is read: the database and the ledger work at the same time. One part at most waits, so
 * memory stays as it is.
 */
final class WriteBehind implements AutoCloseable {

    private final ExecutorService thread = Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());

    private @Nullable Future<?> last;

    /** What writes a part. */
    @FunctionalInterface
    interface Part {
        void write() throws IOException;
    }

    /**
     * Begins to write a part, after the one before is written.
     *
     * @throws UncheckedIOException if that one failed
     */
    void write(Part part) {
        await();
        last = thread.submit(() -> {
            part.write();
            return null;
        });
    }

    /**
     * Waits until all is written.
     *
     * @throws UncheckedIOException if it failed
     */
    void await() {
        if (last == null) {
            return;
        }
        try {
            last.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while an export was written", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException failed -> throw new UncheckedIOException(failed);
                case RuntimeException failed -> throw failed;
                case Error failed -> throw failed;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    /** Returns when the thread has ended. */
    @Override
    public void close() {
        thread.close();
    }
}
