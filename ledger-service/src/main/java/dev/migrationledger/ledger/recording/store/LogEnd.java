package dev.migrationledger.ledger.recording.store;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Up to which position the log can be followed without missing an event. Transactions draw positions before they commit: an event can appear
 * behind one with a greater position. A position is final when every transaction that ran when it was seen has ended.
 */
public final class LogEnd {

    private final JdbcClient database;
    private final String table;
    private final String column;
    private long end;
    private @Nullable Snapshot pending;

    private LogEnd(JdbcClient database, String table, String column) {
        this.database = database;
        this.table = table;
        this.column = column;
    }

    /** Of events. */
    static LogEnd ofEvents(JdbcClient database) {
        return new LogEnd(database, "ledger.event", "global_index");
    }

    /** Of signatures of batches, which are numbered in the same way. */
    public static LogEnd ofSignatures(JdbcClient database) {
        return new LogEnd(database, "ledger.batch_signature", "id");
    }

    /**
     * A position that may not be final yet.
     *
     * @param position the greatest that was committed
     * @param transaction an id drawn afterwards: whatever may still appear before the position has a lesser one. The snapshot's own upper bound
     *     would not do, because it leaves out transactions that began after the last one that ended
     */
    private record Snapshot(long position, long transaction) {}

    /** The greatest final position; 0 if there is none. Waits for no transaction. */
    public synchronized long position() {
        if (pending == null && greatest() > end) {
            pending = snapshot();
        }
        Snapshot seen = pending;
        if (seen != null && oldestRunning() > seen.transaction) {
            end = seen.position;
            pending = null;
        }
        return end;
    }

    private long greatest() {
        return database.sql("select coalesce(max(" + column + "), 0) from " + table).query(Long.class).single();
    }

    private Snapshot snapshot() {
        return database.sql("select max(" + column + "), pg_current_xact_id()::text::bigint from " + table)
                .query((row, _) -> new Snapshot(row.getLong(1), row.getLong(2)))
                .single();
    }

    private long oldestRunning() {
        return database.sql("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint").query(Long.class).single();
    }
}
