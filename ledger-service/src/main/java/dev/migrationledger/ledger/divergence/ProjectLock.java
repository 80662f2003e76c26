package dev.migrationledger.ledger.divergence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Lets one ledger at a time judge a project. Two would find the same, but the slower one could put what was true a moment ago in the
 * place of what is. The lock ends with its connection, so a ledger that dies leaves none behind.
 */
final class ProjectLock {

    /** Sets these locks apart from anybody else's in the same database: "judg". */
    private static final int JUDGING = 0x6A756467;

    private final DataSource database;

    ProjectLock(DataSource database) {
        this.database = database;
    }

    /**
     * Runs this while no other ledger does for the same project.
     *
     * @return false if another one was at it: nothing was run
     */
    boolean holding(String project, Runnable judging) {
        // A connection of its own, in no transaction of anybody: what is run reads and records in its own ones.
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                boolean held = lock(connection, project);
                if (held) {
                    judging.run();
                }
                return held;
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("a project could not be locked: " + e.getMessage(), e);
        }
    }

    private static boolean lock(Connection connection, String project) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("select pg_try_advisory_xact_lock(?, hashtext(?))")) {
            lock.setInt(1, JUDGING);
            lock.setString(2, project);
            try (ResultSet row = lock.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }
}
