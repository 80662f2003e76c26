package dev.migrationledger.agent.database.postgresql;

import dev.migrationledger.agent.database.DeployLock;
import dev.migrationledger.agent.database.ObservationException;
import dev.migrationledger.agent.database.VersionTableName;
import dev.migrationledger.agent.database.postgresql.session.PinnedTransaction;
import dev.migrationledger.contracts.text.Sha256;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * An advisory lock, which no migration asks for. It belongs to a transaction, not to a session, because a pooler may hand a session on. The
 * transaction has no snapshot and no lock of a table: neither {@code CREATE INDEX CONCURRENTLY} nor a vacuum waits for it.
 */
final class PostgresDeployLock implements DeployLock {

    private static final int PATIENCE_SECONDS = 10;

    /** Tells these locks from those of other programs: "MLDG". */
    private static final int KIND = 0x4D4C4447;

    /** A deploy may take longer than the server lets a transaction rest. Older servers have fewer of these settings. */
    private static final String NO_LIMIT = """
            SELECT set_config(name, '0', true) FROM pg_settings
            WHERE name IN ('idle_in_transaction_session_timeout', 'transaction_timeout')""";

    private static final String LOCK = "SELECT pg_try_advisory_xact_lock(?, ?)";

    private final Connection connection;

    private PostgresDeployLock(Connection connection) {
        this.connection = connection;
    }

    /** The lock; empty where another process has it. */
    static Optional<DeployLock> of(PostgresUrl url, VersionTableName table, String name) throws ObservationException {
        Connection connection;
        try {
            connection = url.connect(PATIENCE_SECONDS);
        } catch (SQLException e) {
            throw new ConnectionErrors(url, table).about(e);
        }
        DeployLock lock = new PostgresDeployLock(connection);
        try {
            PinnedTransaction.begin(connection, "BEGIN READ ONLY");
            try (Statement settings = connection.createStatement()) {
                settings.execute(NO_LIMIT);
            }
            if (isFree(connection, name)) {
                return Optional.of(lock);
            }
        } catch (SQLException e) {
            lock.close();
            throw new ConnectionErrors(url, table).about(e);
        }
        lock.close();
        return Optional.empty();
    }

    private static boolean isFree(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            statement.setInt(1, KIND);
            statement.setInt(2, Integer.parseUnsignedInt(Sha256.hex(name).substring(0, Integer.BYTES * 2), 16));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    @Override
    public void close() {
        try (connection) {
            PinnedTransaction.rollBack(connection);
        } catch (SQLException e) {
            return; // The server ends the transaction of a connection that is gone.
        }
    }
}
