package dev.migrationledger.agent.database.postgresql.capture.install;

import dev.migrationledger.agent.database.postgresql.session.PinnedTransaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** All or nothing, and soon or not at all: a migration that holds a lock is not waited for. */
final class Transaction {

    interface Work<T> {
        T done() throws SQLException, CaptureRefused;
    }

    private Transaction() {}

    static <T> T of(Connection connection, Work<T> work) throws SQLException, CaptureRefused {
        try (Statement statement = connection.createStatement()) {
            // The number is this program's alone: two installs at once come one after the other.
            PinnedTransaction.begin(connection,
                    "BEGIN; SET LOCAL lock_timeout = '500ms'; SET LOCAL statement_timeout = '30s'; SET LOCAL client_min_messages = warning");
            statement.execute("SELECT pg_advisory_xact_lock(7739829316)");
            boolean done = false;
            try {
                T result = work.done();
                statement.execute("COMMIT");
                done = true;
                return result;
            } finally {
                if (!done && !connection.isClosed()) {
                    statement.execute("ROLLBACK");
                }
            }
        }
    }
}
