package dev.migrationledger.agent.database.postgresql;

import dev.migrationledger.agent.database.postgresql.ObservationException.Kind;
import dev.migrationledger.agent.database.postgresql.capture.NotificationListener;
import dev.migrationledger.agent.database.postgresql.capture.install.CaptureRefused;
import dev.migrationledger.agent.database.postgresql.capture.install.CaptureStatus;
import dev.migrationledger.agent.database.postgresql.capture.install.Inspection;
import dev.migrationledger.agent.database.postgresql.capture.install.Installation;
import dev.migrationledger.agent.database.postgresql.capture.install.Removal;
import dev.migrationledger.agent.database.postgresql.session.PinnedTransaction;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Installs, removes and inspects capture in one database, over a connection for each. */
public final class CaptureControl {

    /** As the search path finds it. */
    private static final String SCHEMA = """
            SELECT n.nspname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relname = ? AND c.relpersistence <> 't' AND n.nspname = ANY (?::text[])
            ORDER BY array_position(?::text[], n.nspname::text) LIMIT 1""";

    /** Longer than any of its statements may take: a server that is silent for so long does not answer. */
    private static final int PATIENCE_SECONDS = 45;

    private final DatabaseUrl url;
    private final VersionTableName name;

    public CaptureControl(DatabaseUrl url, VersionTableName name) {
        this.url = url;
        this.name = name;
    }

    /**
     * Installs, upgrades or repairs.
     *
     * @param readers roles that may read what is captured, besides the owner
     * @param keep how many changes are kept at most; absent: as it is
     */
    public Installation.Installed install(List<String> readers, @Nullable Integer keep) throws ObservationException {
        return install(readers, keep, null);
    }

    /**
     * Installs, upgrades or repairs.
     *
     * @param readers roles that may read what is captured, besides the owner
     * @param keep how many changes are kept at most; absent: as it is
     * @param owner the role that it is to belong to, and whose code is trusted; absent: the role that connects
     */
    public Installation.Installed install(List<String> readers, @Nullable Integer keep, @Nullable String owner)
            throws ObservationException {
        return with((connection, schema) -> new Installation(connection, schema, name.table())
                .install(readers, keep, owner));
    }

    /**
     * Removes all of it, unless something of it would be missed.
     *
     * @param evenUndelivered whether changes that no ledger has yet may be lost
     */
    public Removal.Outcome uninstall(boolean evenUndelivered) throws ObservationException {
        return with((connection, schema) -> new Removal(connection).uninstall(evenUndelivered));
    }

    public CaptureStatus status() throws ObservationException {
        return with((connection, schema) -> new Inspection(connection, schema, name.table()).status());
    }

    /** Rings when something was captured. */
    public NotificationListener bell() {
        return NotificationListener.on(() -> url.connect(0));
    }

    private interface Task<T> {
        T done(Connection connection, String schema) throws SQLException, CaptureRefused, ObservationException;
    }

    private <T> T with(Task<T> task) throws ObservationException {
        try (Connection connection = url.connect(PATIENCE_SECONDS)) {
            return task.done(connection, schema(connection));
        } catch (CaptureRefused e) {
            throw new ObservationException(Kind.FORBIDDEN, String.valueOf(e.getMessage()));
        } catch (SQLException e) {
            throw complaint(e);
        }
    }

    private ObservationException complaint(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return switch (state) {
            case "55P03" -> new ObservationException(
                    Kind.BUSY,
                    "The version table %s of database '%s' is locked, as by a running migration, and nothing waits for it; try again when that is done."
                            .formatted(name, url.database()));
            case "25006" -> new ObservationException(
                    Kind.FORBIDDEN,
                    "Database '%s' on %s is read-only, as a replica is; name its primary.".formatted(url.database(),
                            url.hosts()));
            default -> new ConnectionErrors(url, name).about(e);
        };
    }

    private String schema(Connection connection) throws SQLException, ObservationException {
        if (name.schema() != null) {
            return name.schema();
        }
        List<String> path = PinnedTransaction.begin(connection, CatalogQueries.BEGIN,
                SearchPath.sqlOf(name.searchPath()));
        try (Statement transaction = connection.createStatement();
                PreparedStatement statement = connection.prepareStatement(SCHEMA)) {
            Array schemas = connection.createArrayOf("text", path.toArray());
            statement.setString(1, name.table());
            statement.setArray(2, schemas);
            statement.setArray(3, schemas);
            String found;
            try (ResultSet row = statement.executeQuery()) {
                // Where it is not there yet it would be created in the first schema of the path.
                found = row.next() ? row.getString(1) : path.isEmpty() ? null : path.getFirst();
            }
            transaction.execute("COMMIT");
            if (found == null) {
                throw new ObservationException(
                        Kind.NOT_A_VERSION_TABLE,
                        "The search path of user '%s' leads to no schema of database '%s'; name the version table's schema with --version-table-schema."
                                .formatted(url.user(), url.database()));
            }
            return found;
        }
    }
}
