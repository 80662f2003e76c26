package dev.migrationledger.agent.database.postgresql.capture;

import dev.migrationledger.agent.database.capture.CapturedTransaction;
import dev.migrationledger.agent.database.capture.LoggedChanges;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads what was captured, and deletes it when the ledger has it. Reading is part of an observation, in its snapshot, so
 * changes and rows of the version table belong together.
 */
public final class CaptureLog {

    /** So many transactions in one read; an agent that was away for long needs several. */
    static final int MOST_TRANSACTIONS = 500;

    private CaptureLog() {}

    /**
     * Everything since the cursor, as {@link #read} finds it part by part. It is all read in one snapshot: parts of it would not lead to the
     * rows that the same observation finds.
     */
    public static LoggedChanges readAll(Connection open, String schema, String table, @Nullable String cursor)
            throws SQLException {
        List<CapturedTransaction> transactions = new ArrayList<>();
        LoggedChanges captured = read(open, schema, table, cursor);
        while (captured instanceof LoggedChanges.Read read && read.more()) {
            transactions.addAll(read.transactions());
            captured = read(open, schema, table, read.cursor());
        }
        if (!transactions.isEmpty() && captured instanceof LoggedChanges.Read last) {
            transactions.addAll(last.transactions());
            return new LoggedChanges.Read(transactions, last.cursor(), last.coverage(), last.eventTriggers(), false);
        }
        return captured;
    }

    /**
     * What is new since the cursor. A broken log never aborts the transaction of the caller.
     *
     * @param open in a pinned transaction that is READ ONLY and REPEATABLE READ
     * @param schema of the version table
     * @param cursor of the observation before; absent for the first
     */
    public static LoggedChanges read(Connection open, String schema, String table, @Nullable String cursor)
            throws SQLException {
        LoggedChanges obstacle = obstacle(open);
        if (obstacle != null) {
            return obstacle;
        }
        execute(open, "SAVEPOINT migration_ledger_capture");
        try {
            String code = LogTables.lock(open);
            LoggedChanges read = code == null
                    ? changes(open, schema, table, cursor)
                    : new LoggedChanges.Unusable(LogTables.refusal(code));
            execute(open, "RELEASE SAVEPOINT migration_ledger_capture");
            return read;
        } catch (SQLException e) {
            execute(open, "ROLLBACK TO SAVEPOINT migration_ledger_capture");
            return new LoggedChanges.Unusable(
                    "The captured changes cannot be read: %s. See 'migration-agent capture status'."
                            .formatted(ServerErrorText.of(e)));
        }
    }

    private static @Nullable LoggedChanges obstacle(Connection open) throws SQLException {
        try (Statement statement = open.createStatement(); ResultSet row = statement.executeQuery(Queries.PRESENCE)) {
            if (!row.next()) {
                return new LoggedChanges.Absent();
            }
            Integer version = CaptureVersion.of(row.getString("comment"));
            if (version == null) {
                return new LoggedChanges.Absent();
            }
            if (version != CaptureVersion.CURRENT) {
                return new LoggedChanges.Unusable(
                        "Capture in this database has version %d, but this agent reads version %d; run 'capture install' with the newer agent, and use that agent."
                                .formatted(version, CaptureVersion.CURRENT));
            }
            if (!row.getBoolean("readable")) {
                return new LoggedChanges.Unusable(
                        "Role '%s' may not read the captured changes; run 'capture install --reader %s' as their owner '%s'."
                                .formatted(row.getString("me"), row.getString("me"), row.getString("owner")));
            }
            return null;
        }
    }

    private static LoggedChanges changes(Connection open, String schema, String table, @Nullable String remembered)
            throws SQLException {
        String origin;
        long oldestRunning;
        String coverage;
        boolean eventTriggers;
        try (PreparedStatement statement = open.prepareStatement(Queries.STANDING)) {
            statement.setString(1, schema);
            statement.setString(2, table);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                origin = row.getString("origin");
                oldestRunning = row.getLong("oldest_running");
                eventTriggers = row.getBoolean("event_triggers");
                coverage = row.getString("coverage");
            }
        }
        LogCursor cursor = LogCursor.of(remembered, origin);
        TransactionReader transactions = new TransactionReader();
        Long oldestLeft = null;
        try (PreparedStatement statement = open.prepareStatement(Queries.CHANGES)) {
            statement.setString(1, origin);
            statement.setString(2, schema);
            statement.setString(3, table);
            statement.setLong(4, cursor.horizon());
            statement.setString(5, "{" + joined(cursor.named()) + "}");
            statement.setInt(6, MOST_TRANSACTIONS);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    if (row.getBoolean("left_over")) {
                        oldestLeft = row.getLong("xact");
                    } else {
                        transactions.add(row);
                    }
                }
            }
        }
        LogCursor next = cursor.after(transactions.numbers(), oldestRunning, oldestLeft);
        return new LoggedChanges.Read(
                transactions.inOrder(), next.toString(), coverage, eventTriggers, oldestLeft != null);
    }

    /**
     * Deletes what the ledger has acknowledged. Without the privilege to delete, the size limit of the log removes them.
     *
     * @param connection in a pinned transaction of its own
     * @param cursor of the last observation whose changes the ledger has
     * @return how many changes were deleted
     */
    public static long forget(Connection connection, String schema, String table, String cursor) throws SQLException {
        if (obstacle(connection) != null) {
            return 0;
        }
        String origin;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(Queries.MAY_FORGET)) {
            row.next();
            if (!row.getBoolean(1) || LogTables.lock(connection) != null) {
                return 0;
            }
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + LogTables.ORIGIN)) {
            row.next();
            origin = row.getString(1);
        }
        LogCursor upTo = LogCursor.of(cursor, origin);
        try (PreparedStatement statement = connection.prepareStatement(Queries.FORGET)) {
            statement.setString(1, schema);
            statement.setString(2, table);
            statement.setLong(3, upTo.horizon());
            statement.setString(4, "{" + joined(upTo.named()) + "}");
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static String joined(List<Long> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static void execute(Connection open, String sql) throws SQLException {
        try (Statement statement = open.createStatement()) {
            statement.execute(sql);
        }
    }
}
