package dev.migrationledger.ledger.live;

import dev.migrationledger.contracts.wire.ContractJson;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** The open streams, each with a virtual thread. They end before the web server waits for requests at shutdown, and after a while by themselves. */
final class ChangeStreams implements SmartLifecycle {

    /** At once. A browser has one for the page that is looked at. */
    static final int MOST = 200;

    private static final Logger log = LoggerFactory.getLogger(ChangeStreams.class);

    /** Then the browser asks again, and its sign-in is looked at again. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** Proxies close connections that are silent for a minute. */
    private static final Duration SILENCE = Duration.ofSeconds(15);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ChangeFeed feed;
    private final Semaphore free = new Semaphore(MOST);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition end = lock.newCondition();
    private boolean running;

    ChangeStreams(ChangeFeed feed) {
        this.feed = feed;
    }

    /** Whether another stream may be opened; then {@link #open} has to follow. */
    boolean reserve() {
        return free.tryAcquire();
    }

    /** Gives a reservation back that was not used. */
    void release() {
        free.release();
    }

    /**
     * Writes to a response until it ends. Returns at once.
     *
     * @param after position of the last change that the page knows; negative: it knows all
     * @param access which projects may be known, asked again for each message
     */
    void open(AsyncContext request, long after, Supplier<Predicate<String>> access) {
        Thread.ofVirtual().name("stream").start(() -> {
            try {
                write(request.getResponse().getOutputStream(), after, access);
            } catch (IOException e) {
                log.debug("The reader of a stream is gone.", e);
            } catch (RuntimeException e) {
                log.warn("A stream of changes ended: {}", e.toString());
            } finally {
                free.release();
                complete(request);
            }
        });
    }

    private static void complete(AsyncContext request) {
        try {
            request.complete();
        } catch (IllegalStateException e) {
            log.debug("The container had ended the stream.", e);
        }
    }

    private void write(OutputStream out, long after, Supplier<Predicate<String>> access) throws IOException {
        long position = after < 0 ? feed.end() : after;
        send(out, "retry: 3000\nid: %d\nevent: position\ndata: {}\n\n".formatted(position));
        long opened = System.nanoTime();
        long sent = opened;
        while (System.nanoTime() - opened < LONGEST.toNanos() && !isEnding()) {
            long now = feed.end();
            if (now > position) {
                ProjectChanges changes = feed.between(position, now).visible(access.get());
                position = now;
                // An id alone moves the reader on, and says nothing.
                send(out, changes.isEmpty()
                        ? "id: %d\n\n".formatted(now)
                        : "id: %d\nevent: changed\ndata: %s\n\n".formatted(now, ContractJson.line(changes)));
                sent = System.nanoTime();
            } else if (System.nanoTime() - sent >= SILENCE.toNanos()) {
                send(out, ": still here\n\n");
                sent = System.nanoTime();
            }
        }
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Waits a moment. */
    private boolean isEnding() {
        lock.lock();
        try {
            long left = PAUSE.toNanos();
            while (running && left > 0) {
                left = end.awaitNanos(left);
            }
            return !running;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void start() {
        set(true);
    }

    @Override
    public void stop() {
        set(false);
        try {
            // A reader that does not read holds its thread up; the container ends its connection.
            if (!free.tryAcquire(MOST, 2, TimeUnit.SECONDS)) {
                log.info("Some streams of changes do not end by themselves.");
            } else {
                free.release(MOST);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void set(boolean state) {
        lock.lock();
        try {
            running = state;
            end.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isRunning() {
        lock.lock();
        try {
            return running;
        } finally {
            lock.unlock();
        }
    }

    /** Before the web server, which waits for open requests. */
    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE;
    }
}
