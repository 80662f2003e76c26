package dev.migrationledger.agent.database.postgresql;

import dev.migrationledger.agent.database.ObservationException;
import dev.migrationledger.agent.database.ObservationException.Kind;
import dev.migrationledger.agent.database.SchemaScope;
import dev.migrationledger.agent.database.VersionTableName;
import dev.migrationledger.agent.database.postgresql.schema.SchemaReader;
import dev.migrationledger.agent.database.postgresql.session.PinnedTransaction;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The schema of a database that nobody watches, over a connection of its own. */
final class LiveSchema {

    private static final int PATIENCE_SECONDS = 10;

    private LiveSchema() {}

    /**
     * The schema as it is now. A role that may log in may read it; nothing else need be granted.
     *
     * @param table that is left out, wherever it is found; it need not be there
     */
    static SchemaSnapshot of(PostgresUrl url, VersionTableName table, SchemaScope scope)
            throws ObservationException {
        ConnectionErrors errors = new ConnectionErrors(url, table);
        try (Connection open = url.connect(PATIENCE_SECONDS); Statement statement = open.createStatement()) {
            List<String> path = PinnedTransaction.begin(open, CatalogQueries.BEGIN,
                    CatalogQueries.quoted(table.searchPath()));
            SchemaSnapshot snapshot = SchemaReader.read(open, scope, versionTable(open, table, path));
            statement.execute("COMMIT");
            return snapshot;
        } catch (SQLException e) {
            throw "57014".equals(e.getSQLState())
                    ? new ObservationException(Kind.BUSY, errors.aboutSchema(e))
                    : errors.about(e);
        }
    }

    private static long versionTable(Connection open, VersionTableName table, List<String> path) throws SQLException {
        try (PreparedStatement statement = open.prepareStatement(CatalogQueries.LOCATE)) {
            statement.setArray(1, open.createArrayOf("text", path.toArray()));
            statement.setString(2, table.table());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    if (table.schema() == null ? row.getObject(8) != null : table.schema().equals(row.getString(2))) {
                        return row.getLong(1);
                    }
                }
                return 0;
            }
        }
    }
}
