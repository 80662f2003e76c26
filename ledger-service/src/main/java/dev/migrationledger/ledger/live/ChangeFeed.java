package dev.migrationledger.ledger.live;

import dev.migrationledger.ledger.recording.store.EventLog;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Follows the log for all streams together: once a second while someone waits, however many they are. */
final class ChangeFeed {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Of events; a page that missed more is loaded again, whatever it shows. */
    private static final int MOST_EVENTS = 5_000;

    private final EventLog log;
    private final JdbcClient database;
    private long lookedAt = System.nanoTime() - PAUSE.toNanos();
    private long end;
    private @Nullable Part last;

    /** What changed after a position, up to another one. */
    private record Part(long after, long until, ProjectChanges changes) {}

    ChangeFeed(EventLog log, JdbcClient database) {
        this.log = log;
        this.database = database;
    }

    /** The last position of the log, as it was at most a second ago. */
    synchronized long end() {
        if (System.nanoTime() - lookedAt >= PAUSE.toNanos()) {
            end = log.end();
            lookedAt = System.nanoTime();
        }
        return end;
    }

    /**
     * What changed after a position. Most streams ask for the same part, which is read once.
     *
     * @param until a position that {@link #end()} returned
     */
    synchronized ProjectChanges between(long after, long until) {
        Part part = last;
        if (part == null || part.after != after || part.until != until) {
            part = new Part(after, until, read(after, until));
            last = part;
        }
        return part.changes;
    }

    private ProjectChanges read(long after, long until) {
        List<String> streams = database
                .sql("""
                        select stream from ledger.event where global_index > ? and global_index <= ? order by global_index limit ?
                        """)
                .params(after, until, MOST_EVENTS + 1)
                .query((row, _) -> row.getString(1))
                .list();
        return streams.size() > MOST_EVENTS
                ? ProjectChanges.EVERYTHING
                : ProjectChanges.of(streams.stream().distinct().map(StreamId::parse).toList());
    }
}
