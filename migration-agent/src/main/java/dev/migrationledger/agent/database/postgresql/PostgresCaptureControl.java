package dev.migrationledger.agent.database.postgresql;

import dev.migrationledger.agent.database.CaptureControl;
import dev.migrationledger.agent.database.ObservationException;
import dev.migrationledger.agent.database.ObservationException.Kind;
import dev.migrationledger.agent.database.VersionTableName;
import dev.migrationledger.agent.database.capture.CaptureInstallation;
import dev.migrationledger.agent.database.capture.CaptureRemoval;
import dev.migrationledger.agent.database.capture.CaptureStatus;
import dev.migrationledger.agent.database.postgresql.capture.install.CaptureRefused;
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
final class PostgresCaptureControl implements CaptureControl {

    /** As the search path finds it. */
    private static final String SCHEMA = """
            SELECT n.nspname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relname = ? AND c.relpersistence <> 't' AND n.nspname = ANY (?::text[])
            ORDER BY array_position(?::text[], n.nspname::text) LIMIT 1""";

    /** Longer than any of its statements may take: a server that is silent for so long does not answer. */
    private static final int PATIENCE_SECONDS = 45;

    private final PostgresUrl url;
    private final VersionTableName name;

    PostgresCaptureControl(PostgresUrl url, VersionTableName name) {
        this.url = url;
        this.name = name;
    }

    @Override
    public CaptureInstallation install(List<String> readers, @Nullable Integer keep, @Nullable String owner)
            throws ObservationException {
        return with((connection, schema) -> new Installation(connection, schema, name.table())
                .install(readers, keep, owner));
    }

    @Override
    public CaptureRemoval uninstall(boolean evenUndelivered) throws ObservationException {
        return with((connection, schema) -> new Removal(connection).uninstall(evenUndelivered));
    }

    @Override
    public CaptureStatus status() throws ObservationException {
        return with((connection, schema) -> new Inspection(connection, schema, name.table()).status());
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
            throw failure(e);
        }
    }

    private ObservationException failure(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return switch (state) {
            case "55P03" -> new ObservationException(
                    Kind.BUSY,
                    "The version table %s of database '%s' is locked, probably by a running migration; try again when it is done."
                            .formatted(name, url.database()));
            case "25006" -> new ObservationException(
                    Kind.FORBIDDEN,
                    "Database '%s' on %s is read-only, probably a replica; connect to its primary.".formatted(
                            url.database(),
                            url.hosts()));
            default -> new ConnectionErrors(url, name).about(e);
        };
    }

    private String schema(Connection connection) throws SQLException, ObservationException {
        if (name.schema() != null) {
            return name.schema();
        }
        List<String> path = PinnedTransaction.begin(connection, CatalogQueries.BEGIN,
                CatalogQueries.quoted(name.searchPath()));
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
                        "No schema on the search path of user '%s' exists in database '%s'; name the version table's schema with --version-table-schema."
                                .formatted(url.user(), url.database()));
            }
            return found;
        }
    }
}
