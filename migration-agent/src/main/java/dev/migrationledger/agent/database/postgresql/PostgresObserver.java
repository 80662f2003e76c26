package dev.migrationledger.agent.database.postgresql;

import dev.migrationledger.agent.database.DatabaseObserver;
import dev.migrationledger.agent.database.NotificationListener;
import dev.migrationledger.agent.database.ObservationException;
import dev.migrationledger.agent.database.SchemaScope;
import dev.migrationledger.agent.database.VersionTableName;
import dev.migrationledger.agent.database.capture.CapturedTransaction;
import dev.migrationledger.agent.database.capture.LoggedChanges;
import dev.migrationledger.agent.database.observation.Observation;
import dev.migrationledger.agent.database.observation.SchemaObservation;
import dev.migrationledger.agent.database.observation.Trace;
import dev.migrationledger.agent.database.observation.VersionRow;
import dev.migrationledger.agent.database.postgresql.capture.CaptureLog;
import dev.migrationledger.agent.database.postgresql.capture.PostgresNotificationListener;
import dev.migrationledger.agent.database.postgresql.schema.CatalogFingerprint;
import dev.migrationledger.agent.database.postgresql.schema.SchemaReader;
import dev.migrationledger.agent.database.postgresql.session.ForeignCode;
import dev.migrationledger.agent.database.postgresql.session.PinnedTransaction;
import dev.migrationledger.contracts.event.Clue.WrittenRows;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import dev.migrationledger.contracts.text.Fingerprint;
import dev.migrationledger.core.situation.Observations.OtherVersionTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Observes one database over one connection, kept open. For one thread at a time. */
final class PostgresObserver implements DatabaseObserver {

    private final PostgresUrl url;
    private final VersionTableName name;
    private final SchemaScope scope;
    private final ConnectionErrors errors;
    private @Nullable Connection connection;
    private boolean commitTimesFail;
    private @Nullable Marked marked;

    /** @param snapshot of the connection's last poll, in the server's own words */
    private record Marked(String snapshot, Fingerprint mark) {}

    public PostgresObserver(PostgresUrl url, VersionTableName name) {
        this(url, name, SchemaScope.ALL);
    }

    /** One of which only a part of the schema is watched. */
    public PostgresObserver(PostgresUrl url, VersionTableName name, SchemaScope scope) {
        this.url = url;
        this.name = name;
        this.scope = scope;
        this.errors = new ConnectionErrors(url, name);
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
        boolean kept = connection != null;
        boolean timed = !commitTimesFail;
        try {
            return attempt(known);
        } catch (SQLException e) {
            // A kept connection whose server went away meanwhile says nothing about the server that is there now.
            if ((kept && connection == null) || (timed && commitTimesFail)) {
                try {
                    return attempt(known);
                } catch (SQLException again) {
                    throw errors.about(again);
                }
            }
            throw errors.about(e);
        }
    }

    private Observation attempt(Known known) throws SQLException, ObservationException {
        try {
            return observe(connected(), known);
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
        Place place = locate(open, path);
        List<VersionRow> rows = place == null ? List.of() : rows(open, place, server.commitTimes());
        Fingerprint mark = mark(open, server.snapshot());
        List<OtherVersionTable> others = known.others
                ? new OtherVersionTables(open).besides(place == null ? null : place.schema(), name.table())
                : List.of();
        if (place == null) {
            String schema = name.schema() != null ? name.schema() : path.isEmpty() ? null : path.getFirst();
            String missing = schema == null ? name.table() : schema + "." + name.table();
            LoggedChanges captured = captured(open, schema, known.cursor);
            return new Observation(
                    new VersionTable(missing, VersionTable.State.MISSING, List.of()).besides(name.written()), null,
                    others,
                    List.of(), Map.of(), true, mark, schema(open, known, mark, 0), captured, path,
                    server.database());
        }
        VersionTable table = new VersionTable(
                place.schema() + "." + name.table(),
                rows.isEmpty() ? VersionTable.State.EMPTY : VersionTable.State.PRESENT,
                rows.stream().map(VersionRow::version).toList()).besides(name.written());
        LoggedChanges captured = captured(open, place.schema(), known.cursor);
        List<String> unknown = rows.stream()
                .map(VersionRow::transaction)
                .filter(transaction -> !known.transactions.contains(transaction))
                .distinct()
                .toList();
        try {
            Map<String, Trace> traces = unknown.isEmpty() ? Map.of() : traces(open, place.oid(), unknown);
            return new Observation(
                    table, place.width(), others, rows, traces, true, mark, schema(open, known, mark, place.oid()),
                    captured,
                    path, server.database());
        } catch (SQLException e) {
            if (!"57014".equals(e.getSQLState())) {
                throw e;
            }
            // Huge catalogs: the rows are still worth having.
            execute(open, "ROLLBACK");
            return new Observation(table, place.width(), others, rows, Map.of(), false, mark, known.unless(mark),
                    captured,
                    path,
                    server.database());
        }
    }

    /** The last that a poll's transaction is for: a failure must not cost the rest of the poll. */
    private SchemaObservation schema(Connection open, Known known, Fingerprint mark, long versionTable)
            throws SQLException {
        SchemaObservation otherwise = known.unless(mark);
        if (otherwise instanceof SchemaObservation.AsKnown) {
            execute(open, "COMMIT");
            return otherwise;
        }
        try {
            SchemaSnapshot snapshot = SchemaReader.read(open, scope, versionTable);
            execute(open, "COMMIT");
            return new SchemaObservation.Read(snapshot);
        } catch (SQLException e) {
            if (open.isClosed()) {
                throw e;
            }
            execute(open, "ROLLBACK");
            return new SchemaObservation.Unread(errors.aboutSchema(e));
        } catch (RuntimeException e) {
            // Catalogs of a server that nobody has tried: what else a poll sees does not depend on them.
            execute(open, "ROLLBACK");
            return new SchemaObservation.Unread("The schema of database '%s' cannot be understood, please report it: %s"
                    .formatted(url.database(), e));
        }
    }

    private Fingerprint mark(Connection open, String snapshot) throws SQLException {
        Marked last = marked;
        if (last != null && last.snapshot.equals(snapshot)) {
            return last.mark;
        }
        Fingerprint mark = CatalogFingerprint.read(open);
        marked = new Marked(snapshot, mark);
        return mark;
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

    /** @param width absent: nothing limits it */
    private record Place(
            long oid, String schema, @Nullable Integer width) {}

    /** Where the version table is; absent where there is none. */
    private @Nullable Place locate(Connection open, List<String> path) throws SQLException, ObservationException {
        try (PreparedStatement statement = open.prepareStatement(CatalogQueries.LOCATE)) {
            statement.setArray(1, open.createArrayOf("text", path.toArray()));
            statement.setString(2, name.table());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    String schema = row.getString(2);
                    boolean onPath = row.getObject(8) != null;
                    boolean usable = row.getBoolean(4);
                    if (name.schema() == null
                            ? !onPath && !(schema.equals("public") && !usable)
                            : !name.schema().equals(schema)) {
                        // The search path skips schemas that the role may not use: 'public' without USAGE is no reason to say
                        // that the table is missing.
                        continue;
                    }
                    if (!usable) {
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
                return null;
            }
        }
    }

    private List<VersionRow> rows(Connection open, Place place, boolean commitTimes)
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
                // A standby whose primary does not track commit times says so only when asked.
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

    /** All of it, in the snapshot of the poll: what was read in parts would not lead to the rows that are seen. */
    private LoggedChanges captured(Connection open, @Nullable String schema, @Nullable String cursor)
            throws SQLException {
        if (schema == null) {
            return new LoggedChanges.Absent();
        }
        List<CapturedTransaction> transactions = new ArrayList<>();
        LoggedChanges captured = CaptureLog.read(open, schema, name.table(), cursor);
        while (captured instanceof LoggedChanges.Read read && read.more()) {
            transactions.addAll(read.transactions());
            captured = CaptureLog.read(open, schema, name.table(), read.cursor());
        }
        if (!transactions.isEmpty() && captured instanceof LoggedChanges.Read last) {
            transactions.addAll(last.transactions());
            return new LoggedChanges.Read(transactions, last.cursor(), last.coverage(), last.eventTriggers(), false);
        }
        return captured;
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
            execute(open, "COMMIT");
        } catch (SQLException e) {
            recover();
        }
    }

    @Override
    public NotificationListener notifications() {
        // Nothing may come for days.
        return PostgresNotificationListener.on(() -> url.connect(0));
    }

    private static Map<String, Trace> traces(Connection open, long versionTable, List<String> transactions)
            throws SQLException {
        Map<String, List<WrittenRows>> written = new TreeMap<>();
        try (PreparedStatement statement = open.prepareStatement(CatalogQueries.TRACES)) {
            statement.setLong(1, versionTable);
            statement.setString(2, "{" + String.join(",", transactions) + "}");
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    written.computeIfAbsent(row.getString(1), _ -> new ArrayList<>())
                            .add(new WrittenRows(row.getString(2), row.getLong(3)));
                }
            }
        }
        if (written.isEmpty()) {
            return Map.of();
        }
        Map<String, Set<ObjectName>> objects = tracedObjects(open, written.keySet());
        Map<String, Trace> traces = new TreeMap<>();
        written.forEach((transaction, rows) -> traces.put(
                transaction,
                new Trace(transaction, rows,
                        objects.getOrDefault(transaction, Set.of()))));
        return traces;
    }

    private static Map<String, Set<ObjectName>> tracedObjects(Connection open, Set<String> transactions)
            throws SQLException {
        Map<String, Set<ObjectName>> objects = new HashMap<>();
        try (PreparedStatement statement = open.prepareStatement(CatalogQueries.TRACED_OBJECTS)) {
            statement.setString(1, "{" + String.join(",", transactions) + "}");
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    String part = row.getString(5);
                    objects.computeIfAbsent(row.getString(1), any -> new HashSet<>()).add(part == null
                            ? new ObjectName(ObjectKind.valueOf(row.getString(2)), row.getString(3), null,
                                    row.getString(4))
                            : ObjectName.column(row.getString(3), row.getString(4), part));
                }
            }
        }
        return objects;
    }

    private static void execute(Connection open, String sql) throws SQLException {
        try (Statement statement = open.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Never leaves a transaction open: a connection that cannot even roll back is given up. */
    private void recover() {
        Connection open = connection;
        if (open != null) {
            try {
                execute(open, "ROLLBACK");
            } catch (SQLException e) {
                close();
            }
        }
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        marked = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                // It was to be gone, and it is.
                return;
            }
        }
    }
}
