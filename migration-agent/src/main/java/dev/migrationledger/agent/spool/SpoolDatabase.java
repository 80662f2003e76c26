package dev.migrationledger.agent.spool;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The SQLite database inside a spool: its tables, and one transaction at a time. */
final class SpoolDatabase implements AutoCloseable {

    /** Written into the file; a spool of a newer format is not touched. */
    private static final int FORMAT = 2;

    /** Events had no checksums. */
    private static final String BEFORE = "1";

    private static final String[] CREATE = {
        // One row: whose spool it is, and where its sequence stands.
        "CREATE TABLE spool (project TEXT NOT NULL, environment TEXT NOT NULL, agent TEXT NOT NULL, epoch TEXT NOT NULL, born TEXT NOT NULL, next_sequence INTEGER NOT NULL, last_id INTEGER NOT NULL)",
        "CREATE TABLE event (sequence INTEGER PRIMARY KEY, observed_at TEXT NOT NULL, envelope BLOB NOT NULL, sum INTEGER)",
        "CREATE TABLE memory (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
        // One row for each batch that the ledger has: to say later from when on it forgot something.
        "CREATE TABLE acknowledged (sequence INTEGER PRIMARY KEY, observed_at TEXT NOT NULL)",
        "CREATE TABLE refused (id INTEGER PRIMARY KEY, refused_at TEXT NOT NULL, envelope BLOB NOT NULL, reason TEXT NOT NULL)",
        "PRAGMA user_version = " + FORMAT
    };

    private final Connection connection;

    private SpoolDatabase(Connection connection) {
        this.connection = connection;
    }

    /** Opens the file, which exists and may be empty. */
    static SpoolDatabase open(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        // A spool has one process at a time, and then SQLite needs no shared memory beside the file.
        config.setLockingMode(SQLiteConfig.LockingMode.EXCLUSIVE);
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(2000);
        config.setCacheSize(-512);
        return new SpoolDatabase(config.createConnection("jdbc:sqlite:" + file));
    }

    /** Fails with {@link #isDamage damage} if it cannot be read. */
    void check(Path file) throws SQLException {
        String verdict = text("PRAGMA quick_check(1)");
        if (!"ok".equals(verdict)) {
            throw new SQLiteException(verdict, SQLiteErrorCode.SQLITE_CORRUPT);
        }
        if (text("PRAGMA user_version").equals(BEFORE)) {
            inTransaction(it -> {
                it.update("ALTER TABLE event ADD COLUMN sum INTEGER");
                return it.update("PRAGMA user_version = " + FORMAT);
            });
        }
        String format = text("PRAGMA user_version");
        if (!isEmpty() && !format.equals(String.valueOf(FORMAT))) {
            throw new SQLException("the spool %s has format %s, but this agent writes format %d".formatted(
                    file, format, FORMAT));
        }
    }

    /** Whether it was never {@link #create created}. */
    boolean isEmpty() throws SQLException {
        return text("PRAGMA user_version").equals("0");
    }

    void create() throws SQLException {
        inTransaction(it -> {
            for (String sql : CREATE) {
                it.update(sql);
            }
            return null;
        });
    }

    /** Bytes of the file that hold something; what was deleted is used again. */
    long usedBytes() throws SQLException {
        return query(row -> row.getLong(1),
                "SELECT (page_count - freelist_count) * page_size FROM pragma_page_count(), pragma_freelist_count(), pragma_page_size()")
                .getFirst();
    }

    interface Work<T extends @Nullable Object> {
        T with(SpoolDatabase tables) throws SQLException;
    }

    /** All of it or nothing. */
    <T extends @Nullable Object> T inTransaction(Work<T> work) throws SQLException {
        update("BEGIN IMMEDIATE");
        try {
            T result = work.with(this);
            update("COMMIT");
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            // Memory that runs out leaves no transaction open either: the next one would find the spool in use for good.
            try {
                update("ROLLBACK");
            } catch (SQLException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    int update(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepared(sql, values)) {
            return statement.executeUpdate();
        }
    }

    interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    <T> List<T> query(Row<T> shape, String sql, Object... values) throws SQLException {
        List<T> rows = new ArrayList<>();
        try (PreparedStatement statement = prepared(sql, values); ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                rows.add(shape.of(row));
            }
        }
        return rows;
    }

    private String text(String sql) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? String.valueOf(row.getString(1)) : "";
        }
    }

    private PreparedStatement prepared(String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof byte[] bytes) {
                statement.setBytes(i + 1, bytes);
            } else {
                statement.setObject(i + 1, values[i]);
            }
        }
        return statement;
    }

    static boolean isDamage(SQLException e) {
        return e instanceof SQLiteException sqlite
                && switch (sqlite.getResultCode()) {
                    case SQLITE_NOTADB, SQLITE_CORRUPT, SQLITE_CORRUPT_INDEX, SQLITE_CORRUPT_SEQUENCE,
                            SQLITE_CORRUPT_VTAB ->
                        true;
                    default -> false;
                };
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
