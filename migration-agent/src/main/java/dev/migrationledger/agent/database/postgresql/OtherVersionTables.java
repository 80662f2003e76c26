package dev.migrationledger.agent.database.postgresql;

import dev.migrationledger.agent.database.postgresql.session.ForeignCode;
import dev.migrationledger.core.situation.Observations.OtherVersionTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tables that look like a version table and are not the one that was asked for: older ones, other histories', other tenants'. */
record OtherVersionTables(Connection open) {

    /** @param schema of the version table that was asked for; absent: there is none */
    List<OtherVersionTable> besides(@Nullable String schema, String table) throws SQLException {
        List<OtherVersionTable> others = new ArrayList<>();
        try (Statement statement = open.createStatement();
                ResultSet row = statement.executeQuery(CatalogQueries.ALL_VERSION_TABLES)) {
            while (row.next()) {
                String itsSchema = row.getString(1);
                String itsName = row.getString(2);
                if (!itsSchema.equals(schema) || !itsName.equals(table)) {
                    others.add(new OtherVersionTable(itsSchema, itsName,
                            row.getBoolean(3) ? rows(itsSchema, itsName, row.getLong(4)) : null));
                }
            }
        }
        return others;
    }

    /**
     * Its lock may be held, or it may be gone since, or reading it would run somebody's code: then the poll goes on without its
     * rows.
     */
    private @Nullable List<String> rows(String schema, String table, long oid) throws SQLException {
        try (Statement statement = open.createStatement()) {
            statement.execute("SAVEPOINT other");
            try {
                List<String> rows = ForeignCode.lock(open, schema, table, oid) == null ? versions(schema, table) : null;
                statement.execute("RELEASE SAVEPOINT other");
                return rows;
            } catch (SQLException e) {
                statement.execute("ROLLBACK TO SAVEPOINT other");
                return null;
            }
        }
    }

    private List<String> versions(String schema, String table) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = open.createStatement();
                ResultSet row = statement.executeQuery(CatalogQueries.versions(schema, table))) {
            while (row.next()) {
                rows.add(String.valueOf(row.getString(1)));
            }
        }
        return rows;
    }
}
