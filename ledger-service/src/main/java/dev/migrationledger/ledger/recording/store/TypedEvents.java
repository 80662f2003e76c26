package dev.migrationledger.ledger.recording.store;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.Event;
import dev.migrationledger.contracts.event.EventCatalogue;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The events of some types in a stream, without reading those between. */
public final class TypedEvents {

    private static final String VERSION = ".v";

    private final JdbcClient database;

    TypedEvents(JdbcClient database) {
        this.database = database;
    }

    /**
     * The last events of a type, in the order in which they were recorded.
     *
     * @param type in its latest version; events of older ones are left out
     * @param most how many at most; those before are left out
     */
    public List<RecordedEvent> latest(StreamId stream, Class<? extends Event> type, int most) {
        String name = EventCatalogue.nameOf(type);
        int at = name.lastIndexOf(VERSION);
        return database.sql("""
                select payload, metadata from ledger.event
                where stream = ? and payload_type = ? and payload_revision = ? order by sequence_number desc limit ?
                """)
                .params(stream.key(), name.substring(0, at), name.substring(at + VERSION.length()), most)
                .query((row, _) -> EventHeader.recorded(ContractJson.readEvent(row.getBytes(1), name),
                        ContractJson.read(row.getBytes(2), EventHeader.class).metaData()))
                .list().reversed();
    }

    /**
     * The last events of some types that count for a moment, in the order in which they were recorded.
     *
     * @param types in their latest versions; there is an index for those about findings
     * @param at what had happened by then; absent: everything
     * @param knownAt what was recorded by then; absent: everything
     * @param most how many at most; those before are left out
     */
    public List<RecordedEvent> latest(
            StreamId stream, List<Class<? extends Event>> types, @Nullable Instant at, @Nullable Instant knownAt,
            int most) {
        Map<String, String> names = new LinkedHashMap<>();
        types.forEach(type -> {
            String name = EventCatalogue.nameOf(type);
            names.put(name.substring(0, name.lastIndexOf(VERSION)), name);
        });
        // The names are no parameters: only then PostgreSQL sees that an index has all of these events.
        return database
                .sql("""
                        select payload, metadata, payload_type from ledger.event
                        where stream = :stream and payload_type in ('%s')
                            and (cast(:at as timestamptz) is null or %s <= :at) and (cast(:known_at as timestamptz) is null or %s <= :known_at)
                        order by sequence_number desc limit :most
                        """
                        .formatted(String.join("', '", names.keySet()), EventTimes.OCCURRED, EventTimes.RECORDED))
                .param("stream", stream.key())
                .param("at", timestamp(at), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("known_at", timestamp(knownAt), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("most", most)
                .query((row, _) -> EventHeader.recorded(
                        ContractJson.readEvent(row.getBytes(1), String.valueOf(names.get(row.getString(3)))),
                        ContractJson.read(row.getBytes(2), EventHeader.class).metaData()))
                .list().reversed();
    }

    private static @Nullable OffsetDateTime timestamp(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }
}
