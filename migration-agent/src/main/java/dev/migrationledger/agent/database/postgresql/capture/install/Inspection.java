package dev.migrationledger.agent.database.postgresql.capture.install;

import dev.migrationledger.agent.database.capture.CaptureStatus;
import dev.migrationledger.agent.database.capture.CaptureStatus.Trigger;
import dev.migrationledger.agent.database.capture.CaptureStatus.Watched;
import dev.migrationledger.agent.database.postgresql.capture.CaptureVersion;
import dev.migrationledger.agent.database.postgresql.capture.LogTables;
import dev.migrationledger.agent.database.postgresql.capture.ServerErrorText;
import dev.migrationledger.agent.database.postgresql.capture.TriggerQueries;
import dev.migrationledger.agent.database.postgresql.session.PinnedTransaction;
import dev.migrationledger.contracts.text.Count;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at capture in a database, and changes nothing. */
public final class Inspection {

    private static final String LOG = """
            WITH here AS (
                SELECT c.changed_at FROM migration_ledger.change c WHERE c.operation <> 'ATTACH' AND c.origin = %s)
            SELECT (SELECT count(*) FROM here) AS undelivered,
                   (SELECT min(changed_at) FROM here) AS oldest,
                   (SELECT keep FROM migration_ledger.setting) AS keep,
                   (SELECT last_value + is_called::int FROM migration_ledger.lost_count) AS lost,
                   (SELECT last_value + is_called::int FROM migration_ledger.failure_count) AS failures,
                   (SELECT state || ': ' || message FROM migration_ledger.failure ORDER BY number DESC LIMIT 1) AS last_failure"""
            .formatted(LogTables.ORIGIN);

    private final Connection connection;
    private final String schema;
    private final String table;

    /**
     * For one poll.
     *
     * @param schema of the version table that is asked about
     */
    public Inspection(Connection connection, String schema, String table) {
        this.connection = connection;
        this.schema = schema;
        this.table = table;
    }

    /** Asks in a transaction of its own. */
    public CaptureStatus status() throws SQLException {
        PinnedTransaction.begin(connection,
                "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = '30s'; SET LOCAL lock_timeout = '500ms'");
        try {
            return found();
        } finally {
            execute("ROLLBACK");
        }
    }

    private CaptureStatus found() throws SQLException {
        Present present = Present.in(connection);
        Integer version = present.version();
        if (version == null) {
            return CaptureStatus.absent(present.schema()
                    ? "Capture did not create the schema migration_ledger of database '%s'; rename it, then run 'capture install'."
                            .formatted(present.database())
                    : "Capture is not installed in database '%s'; run 'capture install'."
                            .formatted(present.database()));
        }
        List<String> complaints = new ArrayList<>();
        if (version != CaptureVersion.CURRENT) {
            complaints
                    .add("Capture has version %d, but this agent has version %d; run 'capture install' with the newer agent."
                            .formatted(version, CaptureVersion.CURRENT));
        }
        boolean eventTriggers = isTrue(
                "SELECT count(*) = 2 FROM pg_catalog.pg_event_trigger e WHERE e.evtenabled IN ('O', 'A') AND "
                        + TriggerQueries.OUR_EVENTS);
        boolean usable = present.readable();
        List<Watched> watched = new ArrayList<>();
        Log log = null;
        String hindrance = usable ? unreadable() : null;
        if (hindrance != null) {
            complaints.add(hindrance);
        } else if (usable) {
            watched.addAll(watched());
            log = log(complaints);
            if (watched.stream().noneMatch(it -> it.schema().equals(schema) && it.table().equals(table))) {
                complaints.add("The version table %s.%s is not watched; run 'capture install' for it."
                        .formatted(schema, table));
            }
        } else {
            complaints.add("Role '%s' may not read the captured changes; run 'capture install --reader %s' as '%s'."
                    .formatted(present.me(), present.me(), present.owner()));
        }
        watched.forEach(it -> complain(it, eventTriggers, complaints));
        if (!isTrue("SELECT current_setting('track_counts') = 'on'")) {
            complaints.add(
                    "track_counts is off on this server, so migrations that only drop objects or change data look like stamps; set it to on.");
        }
        return new CaptureStatus(
                version, present.owner(), watched, eventTriggers, usable,
                log == null ? null : log.undelivered, log == null ? null : log.oldest, log == null ? null : log.keep,
                log == null ? null : log.lost, log == null ? null : log.failures,
                log == null ? null : log.lastFailure, complaints);
    }

    /** What keeps the log from being read, a sentence; afterwards it can be. */
    private @Nullable String unreadable() throws SQLException {
        execute("SAVEPOINT log");
        try {
            String code = LogTables.lock(connection);
            return code == null ? null : LogTables.refusal(code);
        } catch (SQLException e) {
            execute("ROLLBACK TO SAVEPOINT log");
            return "The captured changes cannot be read: %s. Run 'capture install' to repair capture."
                    .formatted(ServerErrorText.of(e));
        }
    }

    private List<Watched> watched() throws SQLException {
        List<Watched> watched = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT schema_name, table_name FROM migration_ledger.version_table ORDER BY 1, 2")) {
            while (row.next()) {
                watched.add(new Watched(row.getString(1), row.getString(2), Trigger.NO_TABLE));
            }
        }
        List<Watched> found = new ArrayList<>();
        for (Watched it : watched) {
            WatchedTable there = WatchedTable.in(connection, it.schema(), it.table());
            found.add(there == null ? it : new Watched(it.schema(), it.table(), there.trigger()));
        }
        return found;
    }

    private static void complain(Watched it, boolean eventTriggers, List<String> complaints) {
        String name = it.schema() + "." + it.table();
        switch (it.trigger()) {
            case ALWAYS, ENABLED -> {
            }
            case DISABLED -> complaints.add(
                    "The trigger on %s is disabled, so nothing is captured; run 'capture install' to enable it."
                            .formatted(name));
            case DETACHED -> complaints.add(
                    "The trigger on %s is gone, so nothing is captured; run 'capture install' to restore it."
                            .formatted(name));
            case NO_TABLE -> {
                if (!eventTriggers) {
                    complaints.add("Table %s does not exist yet; run 'capture install' again when it exists."
                            .formatted(name));
                }
            }
        }
    }

    private record Log(
            long undelivered,
            @Nullable Instant oldest,
            @Nullable Integer keep,
            long lost,
            long failures,
            @Nullable String lastFailure) {}

    private Log log(List<String> complaints) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(LOG)) {
            row.next();
            OffsetDateTime oldest = row.getObject("oldest", OffsetDateTime.class);
            int keep = row.getInt("keep");
            Log log = new Log(
                    row.getLong("undelivered"), oldest == null ? null : oldest.toInstant(),
                    row.wasNull() ? null : keep, row.getLong("lost"), row.getLong("failures"),
                    row.getString("last_failure"));
            if (log.failures > 0) {
                complaints.add(
                        "%s could not be captured%s; fix that, then run 'capture install' to reset the count."
                                .formatted(Count.of(log.failures, "change"),
                                        log.lastFailure == null ? "" : " (last: " + log.lastFailure + ")"));
            }
            if (log.lost > 0) {
                complaints.add(
                        "%s were lost before the ledger had them, because more than %d were waiting. Start the agent, then run 'capture install' to reset the count."
                                .formatted(Count.of(log.lost, "change"), log.keep));
            }
            return log;
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private boolean isTrue(String query) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(query)) {
            return row.next() && row.getBoolean(1);
        }
    }
}
