package dev.migrationledger.agent.database.postgresql;

import dev.migrationledger.agent.database.postgresql.LookFailure.Kind;
import dev.migrationledger.agent.database.postgresql.capture.Bell;
import dev.migrationledger.agent.database.postgresql.capture.install.CaptureRefused;
import dev.migrationledger.agent.database.postgresql.capture.install.CaptureStatus;
import dev.migrationledger.agent.database.postgresql.capture.install.Inspection;
import dev.migrationledger.agent.database.postgresql.capture.install.Installation;
import dev.migrationledger.agent.database.postgresql.capture.install.Removal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Installs, removes and inspects capture in one database, over a connection for each. */
public final class CaptureControl {

    /** As the search path finds it; where it is not there yet, where it would be created. */
    private static final String SCHEMA = """
            SELECT coalesce((SELECT n.nspname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                    WHERE c.relname = ? AND c.relpersistence <> 't' AND n.nspname = ANY (current_schemas(false))
                    ORDER BY array_position(current_schemas(false), n.nspname) LIMIT 1), current_schema())""";

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
    public Installation.Installed install(List<String> readers, @Nullable Integer keep) throws LookFailure {
        return with((connection, schema) -> new Installation(connection, schema, name.table()).install(readers, keep));
    }

    /**
     * Removes all of it, unless something of it would be missed.
     *
     * @param evenUndelivered whether changes that no ledger has yet may be lost
     */
    public Removal.Outcome uninstall(boolean evenUndelivered) throws LookFailure {
        return with((connection, schema) -> new Removal(connection).uninstall(evenUndelivered));
    }

    public CaptureStatus status() throws LookFailure {
        return with((connection, schema) -> new Inspection(connection, schema, name.table()).status());
    }

    /** Rings when something was captured. */
    public Bell bell() {
        return Bell.on(() -> url.connect(0));
    }

    private interface Task<T> {
        T done(Connection connection, String schema) throws SQLException, CaptureRefused, LookFailure;
    }

    private <T> T with(Task<T> task) throws LookFailure {
        try (Connection connection = url.connect(0)) {
            return task.done(connection, schema(connection));
        } catch (CaptureRefused e) {
            throw new LookFailure(Kind.FORBIDDEN, String.valueOf(e.getMessage()));
        } catch (SQLException e) {
            throw complaint(e);
        }
    }

    private LookFailure complaint(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return switch (state) {
            case "55P03" -> new LookFailure(
                    Kind.BUSY,
                    "The version table %s of database '%s' is locked, as by a running migration, and nothing waits for it; try again when that is done."
                            .formatted(name, url.database()));
            case "25006" -> new LookFailure(
                    Kind.FORBIDDEN,
                    "Database '%s' on %s is read-only, as a replica is; name its primary.".formatted(url.database(),
                            url.hosts()));
            default -> new Complaint(url, name).about(e);
        };
    }

    private String schema(Connection connection) throws SQLException, LookFailure {
        if (name.schema() != null) {
            return name.schema();
        }
        SearchPath path = name.searchPath();
        try (Statement setting = connection.createStatement();
                PreparedStatement statement = connection.prepareStatement(SCHEMA)) {
            if (path != null) {
                setting.execute("SET search_path = " + path.sql());
            }
            statement.setString(1, name.table());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                String schema = row.getString(1);
                setting.execute("RESET search_path");
                if (schema == null) {
                    throw new LookFailure(
                            Kind.NOT_A_VERSION_TABLE,
                            "The search path of user '%s' leads to no schema of database '%s'; name the version table's schema with --version-table-schema."
                                    .formatted(url.user(), url.database()));
                }
                return schema;
            }
        }
    }
}
