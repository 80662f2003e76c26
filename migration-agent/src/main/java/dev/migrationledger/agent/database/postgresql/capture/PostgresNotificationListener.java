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
 * Rings when something was captured, so that an agent need not wait for its next look. It listens on a connection of its own,
 * idle and without a transaction, and only ever makes an agent look earlier: where it cannot listen (capture is not installed,
 * the server is away, a pooler stands in between) it stays silent.
 */
public final class PostgresNotificationListener implements NotificationListener {

    /** Rings that come faster than this are one: the channel is open to everybody in the database. */
    private static final Duration CALM = Duration.ofMillis(200);

    private static final int LISTEN_MILLIS = 10_000;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** Opens a connection that never times out while nothing comes. */
    public interface Opening {
        Connection open() throws SQLException;
    }

    private final Opening opening;
    private final Semaphore rung = new Semaphore(0);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread listener;
    private volatile @Nullable Connection connection;

    private PostgresNotificationListener(Opening opening) {
        this.opening = opening;
        this.listener = Thread.ofPlatform().daemon().name("capture-bell").unstarted(this::listen);
    }

    /** A bell that begins to listen at once. */
    public static PostgresNotificationListener on(Opening opening) {
        PostgresNotificationListener bell = new PostgresNotificationListener(opening);
        bell.listener.start();
        return bell;
    }

    @Override
    public boolean await(Duration most) throws InterruptedException {
        boolean rang = rung.tryAcquire(most.toNanos(), TimeUnit.NANOSECONDS);
        rung.drainPermits();
        return rang;
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
                    // Whatever came while nobody listened.
                    rung.release();
                    awaitNotification(open.unwrap(PGConnection.class));
                } catch (SQLException e) {
                    // The looks tell what is wrong with the database; a bell has nothing to add.
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
            PGNotification[] heard = open.getNotifications(LISTEN_MILLIS);
            if (heard != null && heard.length > 0) {
                rung.release();
                isClosed(CALM);
            }
        }
    }

    /**
     * A pooler tells its clients a process that is not the server's; what is listened to there others would hear. Outside of a
     * pinned transaction: every name here says its schema.
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
                // It was to be gone, and it is.
                return;
            }
        }
    }
}
