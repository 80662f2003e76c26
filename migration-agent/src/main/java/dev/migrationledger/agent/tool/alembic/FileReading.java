package dev.migrationledger.agent.tool.alembic;

import dev.migrationledger.agent.cli.AgentVersion;
import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.MemoryLimit;
import dev.migrationledger.agent.python.symbolic.EvaluationLimitExceeded;
import dev.migrationledger.agent.python.syntax.SizeLimitExceeded;
import dev.migrationledger.contracts.unread.FileReason.AgentFailure;
import dev.migrationledger.contracts.unread.FileReason.MemoryExceeded;
import dev.migrationledger.contracts.unread.FileReason.Obstacle;
import dev.migrationledger.contracts.unread.FileReason.UnreadFile;
import dev.migrationledger.contracts.unread.UnreadReason;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Reads what other people wrote: on threads whose stack has a size of its own, so that the same file is read the same whoever asks, and
 * so that whatever fails there is said of that file and ends nothing.
 */
final class FileReading {

    /** Bytes, taken as they are needed. The readers' own limits of depth are reached in a quarter of it. */
    private static final long STACK = 16 << 20;

    /** They are used again: each new thread takes fresh memory to make objects in. */
    private static final Executor THREADS = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), FileReading::thread);

    private FileReading() {}

    /**
     * What reading gives, or what is made of the reason why it failed.
     *
     * @param failed takes the reason, which has nothing out of the file
     */
    static <T> T orElse(Supplier<T> read, Function<UnreadReason, T> failed) {
        try {
            return read.get();
        } catch (CommandFailure e) {
            throw e;
        } catch (EvaluationLimitExceeded e) {
            return failed.apply(e.reason());
        } catch (SizeLimitExceeded e) {
            return failed.apply(e.reason());
        } catch (StackOverflowError e) {
            return failed.apply(new UnreadFile(Obstacle.FILE_TOO_DEEP));
        } catch (OutOfMemoryError e) {
            return failed.apply(new MemoryExceeded(MemoryLimit.megabytes()));
        } catch (RuntimeException | Error e) {
            return failed.apply(new AgentFailure(described(e), AgentVersion.text()));
        }
    }

    /** The kind of failure and where it happened: its message may hold what stands in the file. */
    private static String described(Throwable failure) {
        StackTraceElement[] stack = failure.getStackTrace();
        String where = stack.length == 0 ? "" : " in " + stack[0].getFileName() + ":" + stack[0].getLineNumber();
        return failure.getClass().getSimpleName() + where;
    }

    /** Reads on one of these threads; what fails there fails here. */
    static <T> T on(Supplier<T> read) {
        return joined(CompletableFuture.supplyAsync(read, THREADS));
    }

    /** Does something for each number from 0, on several threads at once. */
    static void each(int count, IntConsumer read) {
        AtomicInteger next = new AtomicInteger();
        int threads = Math.min(Runtime.getRuntime().availableProcessors(), count);
        joined(CompletableFuture.allOf(Stream.generate(() -> CompletableFuture.runAsync(() -> {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                read.accept(i);
            }
        }, THREADS)).limit(threads).toArray(CompletableFuture<?>[]::new)));
    }

    private static <T> T joined(CompletableFuture<T> reading) {
        try {
            return reading.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case Error error -> throw error;
                case RuntimeException failure -> throw failure;
                case null, default -> throw e;
            }
        }
    }

    private static Thread thread(Runnable reading) {
        Thread thread = new Thread(null, reading, "reading", STACK);
        thread.setDaemon(true);
        return thread;
    }
}
