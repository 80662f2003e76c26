package dev.migrationledger.agent.database.postgresql.capture;

import dev.migrationledger.agent.database.NotificationListener;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Reports that something was captured, so an agent need not wait for its next poll. It listens on a connection of its own, idle and
 * without a transaction, and only ever makes an agent poll earlier. Where it cannot listen (capture is not installed, the server is
 * unreachable, a pooler is in between) it reports nothing.
 */
public final class PostgresNotificationListener implements NotificationListener {

    /** Notifications that follow faster than this count as one: every role of the database can send them. */
    private static final Duration CALM = Duration.ofMillis(200);

    private static final int LISTEN_MILLIS = 10_000;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** Opens a connection that never times out while nothing comes. */
    public interface Opening {
        Connection open() throws SQLException;
    }

    private final Opening opening;
    private final Semaphore notified = new Semaphore(0);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread listener;
    private volatile @Nullable Connection connection;

    private PostgresNotificationListener(Opening opening) {
        this.opening = opening;
        this.listener = Thread.ofPlatform().daemon().name("capture-listener").unstarted(this::listen);
    }

    /** A listener that starts at once. */
    public static PostgresNotificationListener on(Opening opening) {
        PostgresNotificationListener started = new PostgresNotificationListener(opening);
        started.listener.start();
        return started;
    }

    @Override
    public boolean await(Duration most) throws InterruptedException {
        boolean came = notified.tryAcquire(most.toNanos(), TimeUnit.NANOSECONDS);
        notified.drainPermits();
        return came;
    }

    private void listen() {
        Duration pause = FIRST_PAUSE;
        try {
            while (!isClosed(Duration.ZERO)) {
                try (Connection open = opening.open()) {
                    connection = open;
                    if (isPooled(open)) {
                        return;
                    }
                    try (Statement statement = open.createStatement()) {
                        statement.execute("LISTEN migration_ledger");
                    }
                    pause = FIRST_PAUSE;
                    // Something may have been captured before.
                    notified.release();
                    awaitNotification(open.unwrap(PGConnection.class));
                } catch (SQLException e) {
                    // Polls report what is wrong with the database.
                    pause = min(pause.multipliedBy(2), LONGEST_PAUSE);
                }
                connection = null;
                if (isClosed(pause)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitNotification(PGConnection open) throws SQLException, InterruptedException {
        while (!isClosed(Duration.ZERO)) {
            PGNotification[] received = open.getNotifications(LISTEN_MILLIS);
            if (received != null && received.length > 0) {
                notified.release();
                isClosed(CALM);
            }
        }
    }

    /**
     * A pooler reports a process id that is not the server's; notifications of its connections may reach other clients. This runs outside
     * of a pinned transaction, so every name has its schema.
     */
    private static boolean isPooled(Connection open) throws SQLException {
        try (Statement statement = open.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_backend_pid()")) {
            row.next();
            return row.getInt(1) != open.unwrap(PGConnection.class).getBackendPID();
        }
    }

    private boolean isClosed(Duration within) throws InterruptedException {
        return closed.await(within.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    @Override
    public void close() {
        closed.countDown();
        Connection open = connection;
        if (open != null) {
            try {
                open.abort(Runnable::run);
            } catch (SQLException e) {
                // The connection is closed either way.
                return;
            }
        }
    }
}
