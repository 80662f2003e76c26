package dev.migrationledger.ledger.recording.automation;

import com.zaxxer.hikari.HikariDataSource;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Lets one ledger at a time run an automation for a target. Two would do the same, but the slower one could put what was true a moment ago in the
 * place of what is. All locks of a ledger belong to one connection and end with it, so a ledger that dies leaves none behind.
 */
final class AutomationLock {

    private final DataSource database;
    private @Nullable Holder holder;

    AutomationLock(DataSource database) {
        this.database = database;
    }

    /** The connection that has the locks. */
    private static final class Holder {
        private final Connection connection;
        private int locks;

        private Holder(Connection connection) {
            this.connection = connection;
        }
    }

    /** Runs this, unless another ledger runs the same automation for the same target. */
    void holding(String automation, StreamId target, Runnable work) {
        Holder locked = lock(automation, target);
        if (locked == null) {
            return;
        }
        try {
            work.run();
        } finally {
            unlock(locked, automation, target);
        }
    }

    private synchronized @Nullable Holder lock(String automation, StreamId target) {
        Holder open = holder;
        try {
            if (open == null) {
                open = new Holder(database.getConnection());
                holder = open;
            }
            if (call(open, "select pg_try_advisory_lock(hashtext(?), hashtext(?))", automation, target)) {
                open.locks++;
                return open;
            }
            closeIfUnused(open);
            return null;
        } catch (SQLException e) {
            abort(open);
            throw new DataAccessResourceFailureException("cannot lock an automation: " + e.getMessage(), e);
        }
    }

    private synchronized void unlock(Holder open, String automation, StreamId target) {
        open.locks--;
        if (!open.equals(holder)) {
            return; // Its connection broke, and its locks ended with it.
        }
        try {
            call(open, "select pg_advisory_unlock(hashtext(?), hashtext(?))", automation, target);
            closeIfUnused(open);
        } catch (SQLException e) {
            abort(open);
        }
    }

    private void closeIfUnused(Holder open) throws SQLException {
        if (open.locks == 0) {
            holder = null;
            open.connection.close();
        }
    }

    /** Closed for good, because it may still have locks. Without the pool's help it would count as in use for ever. */
    private void abort(@Nullable Holder open) {
        holder = null;
        if (open != null) {
            try (Connection lost = open.connection) {
                database.unwrap(HikariDataSource.class).evictConnection(lost);
            } catch (SQLException e) {
                return; // It is closed already.
            }
        }
    }

    private static boolean call(Holder open, String function, String automation, StreamId target) throws SQLException {
        try (PreparedStatement call = open.connection.prepareStatement(function)) {
            call.setString(1, "automation " + automation);
            call.setString(2, target.key());
            try (ResultSet row = call.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }
}
