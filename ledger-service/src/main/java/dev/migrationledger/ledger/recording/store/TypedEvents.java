package dev.migrationledger.ledger.recording.store;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.Event;
import dev.migrationledger.contracts.event.EventCatalogue;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The events of one type in a stream, without reading those between. */
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
}
