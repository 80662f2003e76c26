package dev.migrationledger.ledger.recording.store;

import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Up to which position the log can be followed without missing an event. Transactions draw positions before they commit: an event can appear
 * behind one with a greater position. A position is final when every transaction that was writing to the table when it was read has ended. Who
 * writes holds a lock on the table until the end, and the locks show it: what other tables and databases of the server do keeps nothing up.
 */
public final class LogEnd {

    private final JdbcClient database;
    private final String greatest;
    private final String writers;
    private long end;
    private @Nullable Snapshot pending;

    private LogEnd(JdbcClient database, String table, String column) {
        this.database = database;
        this.greatest = "select coalesce(max(" + column + "), 0) from " + table;
        // The lock is taken before a position is drawn, and released after the commit is visible.
        this.writers = """
                select virtualtransaction from pg_locks where locktype = 'relation' and mode = 'RowExclusiveLock' and relation = '%s'::regclass
                and database = (select oid from pg_database where datname = current_database())
                """
                .formatted(table);
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
     * @param writers the transactions that wrote to the table afterwards, which are all that may still commit an earlier position
     */
    private record Snapshot(long position, Set<String> writers) {}

    /** The greatest final position; 0 if there is none. Waits for no transaction. */
    public synchronized long position() {
        if (pending == null) {
            long position = database.sql(greatest).query(Long.class).single();
            if (position > end) {
                pending = new Snapshot(position, writers());
            }
        }
        Snapshot seen = pending;
        if (seen != null && (seen.writers.isEmpty() || Collections.disjoint(seen.writers, writers()))) {
            end = seen.position;
            pending = null;
        }
        return end;
    }

    private Set<String> writers() {
        return Set.copyOf(database.sql(writers).query((row, _) -> row.getString(1)).list());
    }
}
