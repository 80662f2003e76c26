package dev.migrationledger.ledger.recording.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** When the events of streams happened, without reading what they say. */
public final class EventTimes {

    /** Cut out of the JSON, which takes a tenth of the time that parsing it does. What an older ledger wrote has blanks, and is parsed. */
    static final String OCCURRED = """
            coalesce(nullif(split_part(split_part(convert_from(metadata, 'UTF8'), '"occurredAt":{"at":"', 2), '"', 1), ''),
                convert_from(metadata, 'UTF8')::json -> 'occurredAt' ->> 'at')::timestamptz""";

    /** Likewise, when the ledger recorded an event. */
    static final String RECORDED = """
            coalesce(nullif(split_part(split_part(convert_from(metadata, 'UTF8'), '"recordedAt":"', 2), '"', 1), ''),
                convert_from(metadata, 'UTF8')::json ->> 'recordedAt')::timestamptz""";

    /** About 16 MB. */
    private static final int REMEMBERED_EVENTS = 1_000_000;

    private final JdbcClient database;
    private final Cache<String, Times> known = Caffeine.newBuilder()
            .maximumWeight(REMEMBERED_EVENTS)
            .<String, Times>weigher((_, times) -> times.types.length + 1)
            .executor(Runnable::run)
            .build();

    EventTimes(JdbcClient database) {
        this.database = database;
    }

    /**
     * How many events of a type happened within a part of a time.
     *
     * @param type as the catalogue names it, without its version
     * @param part from 0 on
     */
    public record Count(String type, int part, int events) {}

    /** When the first event of a stream happened; empty if it has none. */
    public Optional<Instant> first(StreamId stream) {
        return database
                .sql("select " + OCCURRED + " from ledger.event where stream = ? order by sequence_number limit 1")
                .param(stream.key())
                .query((row, _) -> row.getTimestamp(1).toInstant())
                .optional();
    }

    /**
     * Counts events by type and time.
     *
     * @param from the first part begins then; what happened earlier is left out
     * @param until the last part ends then; what happened later is left out
     * @param latest of each stream, so many of its last events are counted
     */
    public List<Count> counts(List<StreamId> streams, Instant from, Instant until, int parts, int latest) {
        Map<String, int[]> counts = new TreeMap<>();
        long first = from.toEpochMilli();
        long last = Math.max(until.toEpochMilli(), first + 1);
        for (StreamId stream : streams) {
            Times known = known(stream, latest);
            for (int i = 0; i < known.types.length; i++) {
                long at = known.millis[i];
                if (at >= first && at <= last) {
                    int part = (int) Math.min(parts - 1, (at - first) * parts / (last - first));
                    counts.computeIfAbsent(known.types[i], _ -> new int[parts])[part]++;
                }
            }
        }
        List<Count> all = new ArrayList<>();
        counts.forEach((type, inPart) -> {
            for (int part = 0; part < parts; part++) {
                if (inPart[part] > 0) {
                    all.add(new Count(type, part, inPart[part]));
                }
            }
        });
        return all;
    }

    /**
     * The last events of a stream, the newest first.
     *
     * @param sequence of the newest event; -1: there are no events
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Times(long sequence, String[] types, long[] millis) {
        private static final Times NONE = new Times(-1, new String[0], new long[0]);
    }

    /** Recorded events never change, so only those are read that are newer than what is in memory. */
    private Times known(StreamId stream, int latest) {
        Times before = Objects.requireNonNullElse(known.getIfPresent(stream.key()), Times.NONE);
        List<String> types = new ArrayList<>();
        List<Long> millis = new ArrayList<>();
        long[] sequence = {before.sequence};
        database.sql("""
                select sequence_number, payload_type, %s from ledger.event
                where stream = ? and sequence_number > ? order by sequence_number desc limit ?
                """.formatted(OCCURRED))
                .params(stream.key(), before.sequence, latest)
                .query(row -> {
                    sequence[0] = Math.max(sequence[0], row.getLong(1));
                    // A few types have very many events: each type's name is one object.
                    types.add(row.getString(2).intern());
                    millis.add(row.getTimestamp(3).getTime());
                });
        if (types.isEmpty()) {
            return before;
        }
        for (int i = 0; i < before.types.length && types.size() < latest; i++) {
            types.add(before.types[i]);
            millis.add(before.millis[i]);
        }
        Times now = new Times(sequence[0], types.toArray(String[]::new),
                millis.stream().mapToLong(Long::longValue).toArray());
        known.put(stream.key(), now);
        return now;
    }
}
