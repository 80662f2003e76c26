package dev.migrationledger.agent.database.postgresql;

import dev.migrationledger.agent.database.DatabaseObserver;
import dev.migrationledger.agent.database.NotificationListener;
import dev.migrationledger.agent.database.ObservationException;
import dev.migrationledger.agent.database.SchemaScope;
import dev.migrationledger.agent.database.VersionTableName;
import dev.migrationledger.agent.database.capture.LoggedChanges;
import dev.migrationledger.agent.database.observation.Observation;
import dev.migrationledger.agent.database.observation.SchemaObservation;
import dev.migrationledger.agent.database.observation.Trace;
import dev.migrationledger.agent.database.observation.VersionRow;
import dev.migrationledger.agent.database.observation.VersionTableObservation;
import dev.migrationledger.agent.database.postgresql.VersionTableReader.Place;
import dev.migrationledger.agent.database.postgresql.capture.CaptureLog;
import dev.migrationledger.agent.database.postgresql.capture.PostgresNotificationListener;
import dev.migrationledger.agent.database.postgresql.session.PinnedTransaction;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.text.Fingerprint;
import dev.migrationledger.core.situation.Observations.OtherVersionTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Observes one database over one connection, kept open. For one thread at a time. */
final class PostgresObserver implements DatabaseObserver {

    private final PostgresUrl url;
    private final VersionTableName name;
    private final SchemaScope scope;
    private final ConnectionErrors errors;
    private final VersionTableReader versionTable;
    private final ChangedSchemaReader schema;
    private @Nullable Connection connection;

    public PostgresObserver(PostgresUrl url, VersionTableName name) {
        this(url, name, SchemaScope.ALL);
    }

    /** One of which only a part of the schema is watched. */
    public PostgresObserver(PostgresUrl url, VersionTableName name, SchemaScope scope) {
        this.url = url;
        this.name = name;
        this.scope = scope;
        this.errors = new ConnectionErrors(url, name);
        this.versionTable = new VersionTableReader(name, errors);
        this.schema = new ChangedSchemaReader(url.database(), scope, errors);
    }

    @Override
    public VersionTableName versionTable() {
        return name;
    }

    @Override
    public SchemaScope scope() {
        return scope;
    }

    @Override
    public Observation observe(Collection<String> known, @Nullable String cursor) throws ObservationException {
        return observe(new Known(known, cursor, null, false, false));
    }

    @Override
    public Observation observe(Collection<String> known, @Nullable String cursor, @Nullable Fingerprint mark)
            throws ObservationException {
        return observe(new Known(known, cursor, mark, true, false));
    }

    @Override
    public Observation examine(@Nullable Fingerprint mark) throws ObservationException {
        return observe(new Known(List.of(), null, mark, true, true));
    }

    @Override
    public VersionTableObservation versionTable(boolean others) throws ObservationException {
        return retried(open -> versionTable(open, others));
    }

    private VersionTableObservation versionTable(Connection open, boolean others)
            throws SQLException, ObservationException {
        List<String> path = PinnedTransaction.begin(open, CatalogQueries.BEGIN,
                CatalogQueries.quoted(name.searchPath()));
        Place place = versionTable.locate(open, path);
        List<VersionRow> rows = place == null ? List.of() : versionTable.rows(open, place, false);
        List<OtherVersionTable> found = others || place == null ? others(open, place) : List.of();
        PinnedTransaction.commit(open);
        return new VersionTableObservation(
                place == null ? missing(path) : table(place, rows), found, path);
    }

    private List<OtherVersionTable> others(Connection open, @Nullable Place place) throws SQLException {
        return new OtherVersionTables(open).besides(place == null ? null : place.schema(), name.table());
    }

    private VersionTable table(Place place, List<VersionRow> rows) {
        return new VersionTable(
                place.schema() + "." + name.table(),
                rows.isEmpty() ? VersionTable.State.EMPTY : VersionTable.State.PRESENT,
                rows.stream().map(VersionRow::version).toList()).besides(name.written());
    }

    private VersionTable missing(List<String> path) {
        String expected = expectedSchema(path);
        return new VersionTable(expected == null ? name.table() : expected + "." + name.table(),
                VersionTable.State.MISSING, List.of()).besides(name.written());
    }

    private @Nullable String expectedSchema(List<String> path) {
        return name.schema() != null ? name.schema() : path.isEmpty() ? null : path.getFirst();
    }

    private record Known(
            Collection<String> transactions, @Nullable String cursor, @Nullable Fingerprint mark, boolean schema,
            boolean others) {

        SchemaObservation unless(Fingerprint now) {
            return schema && !now.equals(mark)
                    ? new SchemaObservation.Unread("The schema could not be read in the time allowed.")
                    : new SchemaObservation.AsKnown();
        }
    }

    private Observation observe(Known known) throws ObservationException {
        return retried(open -> observe(open, known));
    }

    /** One transaction over an open connection. */
    private interface Reading<T> {
        T over(Connection open) throws SQLException, ObservationException;
    }

    private <T> T retried(Reading<T> reading) throws ObservationException {
        boolean reused = connection != null;
        boolean timed = !versionTable.commitTimesFail();
        try {
            return attempt(reading);
        } catch (SQLException e) {
            // A connection of the previous observation may be broken although the server answers new ones.
            if ((reused && connection == null) || (timed && versionTable.commitTimesFail())) {
                try {
                    return attempt(reading);
                } catch (SQLException again) {
                    throw errors.about(again);
                }
            }
            throw errors.about(e);
        }
    }

    private <T> T attempt(Reading<T> reading) throws SQLException, ObservationException {
        try {
            return reading.over(connected());
        } catch (SQLException | ObservationException e) {
            recover();
            throw e;
        }
    }

    private Connection connected() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = url.connect(10);
            connection = open;
        }
        return open;
    }

    private Observation observe(Connection open, Known known) throws SQLException, ObservationException {
        List<String> path = PinnedTransaction.begin(open, CatalogQueries.BEGIN,
                CatalogQueries.quoted(name.searchPath()));
        Server server = server(open);
        Place place = versionTable.locate(open, path);
        List<VersionRow> rows = place == null ? List.of() : versionTable.rows(open, place, server.commitTimes());
        Fingerprint mark = schema.mark(open, server.snapshot());
        List<OtherVersionTable> others = known.others ? others(open, place) : List.of();
        return place == null
                ? withoutTable(open, known, path, server, mark, others)
                : withTable(open, known, path, server, mark, others, place, rows);
    }

    private Observation withoutTable(Connection open, Known known, List<String> path, Server server, Fingerprint mark,
            List<OtherVersionTable> others) throws SQLException {
        String expected = expectedSchema(path);
        LoggedChanges captured = expected == null
                ? new LoggedChanges.Absent()
                : CaptureLog.readAll(open, expected, name.table(), known.cursor);
        return new Observation(
                missing(path), null,
                others, List.of(), Map.of(), true, mark, schema.read(open, known.unless(mark), 0), captured, path,
                server.database());
    }

    private Observation withTable(Connection open, Known known, List<String> path, Server server, Fingerprint mark,
            List<OtherVersionTable> others, Place place, List<VersionRow> rows) throws SQLException {
        VersionTable table = table(place, rows);
        LoggedChanges captured = CaptureLog.readAll(open, place.schema(), name.table(), known.cursor);
        List<String> unknown = rows.stream()
                .map(VersionRow::transaction)
                .filter(transaction -> !known.transactions.contains(transaction))
                .distinct()
                .toList();
        try {
            Map<String, Trace> traces = TransactionTraces.read(open, place.oid(), unknown);
            return new Observation(
                    table, place.width(), others, rows, traces, true, mark,
                    schema.read(open, known.unless(mark), place.oid()), captured, path, server.database());
        } catch (SQLException e) {
            if (!"57014".equals(e.getSQLState())) {
                throw e;
            }
            // Reading huge catalogs took too long: the rows are still worth having.
            PinnedTransaction.rollBack(open);
            return new Observation(table, place.width(), others, rows, Map.of(), false, mark, known.unless(mark),
                    captured, path, server.database());
        }
    }

    private record Server(
            Fingerprint database, boolean commitTimes, String snapshot) {}

    private static Server server(Connection open) throws SQLException {
        try (Statement statement = open.createStatement();
                ResultSet row = statement.executeQuery(CatalogQueries.DATABASE)) {
            row.next();
            return new Server(new Fingerprint(CatalogQueries.DATABASE_FORM, row.getString(1)), row.getBoolean(2),
                    row.getString(3));
        }
    }

    @Override
    public void forget(VersionTable table, String cursor) {
        Connection open = connection;
        int dot = table.name().length() - name.table().length() - 1;
        if (open == null || dot < 1) {
            return;
        }
        try {
            PinnedTransaction.begin(open, CatalogQueries.BEGIN_FORGETTING);
            CaptureLog.forget(open, table.name().substring(0, dot), name.table(), cursor);
            PinnedTransaction.commit(open);
        } catch (SQLException e) {
            recover();
        }
    }

    @Override
    public NotificationListener notifications() {
        // Nothing may come for days.
        return PostgresNotificationListener.on(() -> url.connect(0));
    }

    /** Never leaves a transaction open: a connection that cannot even roll back is given up. */
    private void recover() {
        Connection open = connection;
        if (open != null) {
            try {
                PinnedTransaction.rollBack(open);
            } catch (SQLException e) {
                close();
            }
        }
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        schema.disconnected();
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                // The connection is closed either way.
                return;
            }
        }
    }
}
