package dev.migrationledger.ledger.divergence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Lets one ledger at a time judge a project. Two would find the same, but the slower one could put what was true a moment ago in the
 * place of what is. All locks of a ledger belong to one connection and end with it, so a ledger that dies leaves none behind.
 */
final class ProjectLock {

    /** Sets these locks apart from anybody else's in the same database: "judg". */
    private static final int JUDGING = 0x6A756467;

    private final DataSource database;
    private @Nullable Holder holder;

    ProjectLock(DataSource database) {
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

    /**
     * Runs this while no other ledger does for the same project.
     *
     * @return false if another one was at it: nothing was run
     */
    boolean holding(String project, Runnable judging) {
        Holder locked = lock(project);
        if (locked == null) {
            return false;
        }
        try {
            judging.run();
        } finally {
            unlock(locked, project);
        }
        return true;
    }

    private synchronized @Nullable Holder lock(String project) {
        Holder open = holder;
        try {
            if (open == null) {
                open = new Holder(database.getConnection());
                holder = open;
            }
            if (call(open, "select pg_try_advisory_lock(?, hashtext(?))", project)) {
                open.locks++;
                return open;
            }
            closeIfUnused(open);
            return null;
        } catch (SQLException e) {
            abort(open);
            throw new DataAccessResourceFailureException("a project could not be locked: " + e.getMessage(), e);
        }
    }

    private synchronized void unlock(Holder open, String project) {
        open.locks--;
        if (!open.equals(holder)) {
            return; // Its connection broke, and its locks ended with it.
        }
        try {
            call(open, "select pg_advisory_unlock(?, hashtext(?))", project);
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

    /** Closed for good, not given back to the pool: it may still have locks. */
    private void abort(@Nullable Holder open) {
        holder = null;
        if (open != null) {
            try {
                open.connection.abort(Runnable::run);
            } catch (SQLException e) {
                return; // It is closed already.
            }
        }
    }

    private static boolean call(Holder open, String function, String project) throws SQLException {
        try (PreparedStatement call = open.connection.prepareStatement(function)) {
            call.setInt(1, JUDGING);
            call.setString(2, project);
            try (ResultSet row = call.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }
}
