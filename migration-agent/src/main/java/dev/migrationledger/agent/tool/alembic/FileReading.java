package dev.migrationledger.agent.tool.alembic;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.Main;
import dev.migrationledger.agent.cli.MemoryLimit;
import dev.migrationledger.agent.tool.alembic.python.symbolic.Spent;
import dev.migrationledger.agent.tool.alembic.python.syntax.SizeLimitExceeded;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads what other people wrote: on threads whose stack has a size of its own, so that the same file is read the same whoever asks, and
 * so that whatever fails there is said of that file and ends nothing.
 */
final class FileReading {

    /** Bytes, taken as they are needed. The readers' own limits of depth are reached in a quarter of it. */
    private static final long STACK = 16 << 20;

    private FileReading() {}

    /**
     * What reading gives, or what is made of the reason why it failed.
     *
     * @param failed told a clause without a full stop, and without anything out of the file
     */
    static <T> T orElse(Supplier<T> read, Function<String, T> failed) {
        try {
            return read.get();
        } catch (CommandFailure e) {
            throw e;
        } catch (Spent e) {
            return failed.apply(e.reason());
        } catch (SizeLimitExceeded e) {
            return failed.apply(e.reason());
        } catch (StackOverflowError e) {
            return failed.apply("it is nested too deeply to be read");
        } catch (OutOfMemoryError e) {
            return failed.apply(MemoryLimit.exceededBy("reading it"));
        } catch (RuntimeException | Error e) {
            return failed.apply("an internal error, please report it with this file: " + described(e));
        }
    }

    /** The kind of failure and where it happened: its message may hold what stands in the file. */
    private static String described(Throwable failure) {
        StackTraceElement[] stack = failure.getStackTrace();
        String where = stack.length == 0 ? "" : " in " + stack[0].getFileName() + ":" + stack[0].getLineNumber();
        return failure.getClass().getSimpleName() + where + ", version " + Main.version();
    }

    /** Reads on a thread of its own; what fails there fails here. */
    static <T> T on(Supplier<T> read) {
        List<T> result = new ArrayList<>(1);
        run(1, i -> result.add(read.get()));
        return result.getFirst();
    }

    /** Does something for each number from 0, on several threads at once. */
    static void each(int count, IntConsumer read) {
        AtomicInteger next = new AtomicInteger();
        run(Math.min(Runtime.getRuntime().availableProcessors(), count), thread -> {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                read.accept(i);
            }
        });
    }

    private static void run(int count, IntConsumer read) {
        @Nullable
        Throwable[] failures = new Throwable[count];
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            Thread thread = new Thread(null, () -> {
                try {
                    read.accept(number);
                } catch (RuntimeException | Error e) {
                    failures[number] = e;
                }
            }, "reading", STACK);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
        threads.forEach(FileReading::join);
        for (Throwable failure : failures) {
            if (failure instanceof Error error) {
                throw error;
            } else if (failure instanceof RuntimeException e) {
                throw e;
            }
        }
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
