package dev.migrationledger.agent.database.postgresql;

import dev.migrationledger.agent.database.ObservationException;
import dev.migrationledger.agent.database.VersionTableName;
import dev.migrationledger.agent.database.observation.VersionRow;
import dev.migrationledger.agent.database.postgresql.session.ForeignCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the version table and reads its rows, or says what the role lacks for that. */
final class VersionTableReader {

    private final VersionTableName name;
    private final ConnectionErrors errors;
    private boolean commitTimesFail;

    VersionTableReader(VersionTableName name, ConnectionErrors errors) {
        this.name = name;
        this.errors = errors;
    }

    /** @param width of its column; absent: nothing limits it */
    record Place(
            long oid, String schema, @Nullable Integer width) {}

    /**
     * Where the version table is; absent where there is none.
     *
     * @param path the schemas that unqualified names are looked up in
     */
    @Nullable
    Place locate(Connection open, List<String> path) throws SQLException, ObservationException {
        try (PreparedStatement statement = open.prepareStatement(CatalogQueries.LOCATE)) {
            statement.setArray(1, open.createArrayOf("text", path.toArray()));
            statement.setString(2, name.table());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    if (isNamed(row)) {
                        return readable(row);
                    }
                }
                return null;
            }
        }
    }

    private boolean isNamed(ResultSet row) throws SQLException {
        String schema = row.getString(2);
        if (name.schema() != null) {
            return name.schema().equals(schema);
        }
        boolean onPath = row.getObject(8) != null;
        // The search path skips schemas that the role may not use: 'public' without USAGE does not mean that the table is missing.
        return onPath || (schema.equals("public") && !isUsable(row));
    }

    private static boolean isUsable(ResultSet row) throws SQLException {
        return row.getBoolean(4);
    }

    private Place readable(ResultSet row) throws SQLException, ObservationException {
        String schema = row.getString(2);
        if (!isUsable(row)) {
            throw errors.noUsage(schema);
        }
        String kind = row.getString(3);
        if (!kind.equals("r") && !kind.equals("p")) {
            throw errors.notATable(schema);
        }
        if (!row.getBoolean(7)) {
            throw errors.noColumn(schema);
        }
        if (!row.getBoolean(5)) {
            throw errors.noSelect(schema);
        }
        if (row.getBoolean(6)) {
            throw errors.rowsHidden(schema);
        }
        if (!row.getBoolean(10)) {
            throw errors.noText(schema);
        }
        return new Place(row.getLong(1), schema, row.getObject(9, Integer.class));
    }

    /**
     * Its rows, by version.
     *
     * @param commitTimes whether the server tracks when transactions were committed
     */
    List<VersionRow> rows(Connection open, Place place, boolean commitTimes)
            throws SQLException, ObservationException {
        List<VersionRow> rows = new ArrayList<>();
        String code = ForeignCode.lock(open, place.schema(), name.table(), place.oid());
        if (code != null) {
            throw errors.foreignCode(place.schema(), code);
        }
        try (Statement statement = open.createStatement();
                ResultSet row = statement.executeQuery(
                        CatalogQueries.rows(place.schema(), name.table(), commitTimes && !commitTimesFail))) {
            while (row.next()) {
                OffsetDateTime committed = row.getObject(3, OffsetDateTime.class);
                Instant committedAt = committed == null ? null : committed.toInstant();
                String version = row.getString(1);
                rows.add(new VersionRow(version == null ? "" : version, row.getString(2), committedAt));
            }
        } catch (SQLException e) {
            if ("55000".equals(e.getSQLState())) {
                // A standby whose primary does not track commit times fails only when they are read.
                commitTimesFail = true;
            }
            throw e;
        }
        if (rows.size() > CatalogQueries.MOST_ROWS) {
            throw errors.tooManyRows(place.schema());
        }
        rows.sort(Comparator.comparing(VersionRow::version).thenComparing(VersionRow::transaction));
        return rows;
    }

    /** Whether reading commit times failed: from then on rows are read without them. */
    boolean commitTimesFail() {
        return commitTimesFail;
    }
}
