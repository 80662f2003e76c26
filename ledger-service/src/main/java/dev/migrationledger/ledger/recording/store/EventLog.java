package dev.migrationledger.ledger.recording.store;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Everything that was recorded, read back. All ways read page by page, so that a long log fits a small heap. */
public final class EventLog {

    private final EventStore store;
    private final EventStorageEngine storage;
    private final LogEnd end;
    private final JdbcClient database;

    EventLog(EventStore store, EventStorageEngine storage, LogEnd end, JdbcClient database) {
        this.store = store;
        this.storage = storage;
        this.end = end;
        this.database = database;
    }

    /** A stream's events in the order in which they were recorded; empty where there are none. */
    public Stream<RecordedEvent> of(StreamId stream) {
        return of(stream, 0);
    }

    /** The same without so many of the first. */
    public Stream<RecordedEvent> of(StreamId stream, long without) {
        // With a number: Axon would begin with the newest snapshot.
        return store.readEvents(stream.key(), without).asStream().map(EventHeader::recorded);
    }

    /**
     * Every event of the ledger, each stream's in their order. Events that are recorded meanwhile may be missed: who must not miss any
     * keeps others from recording, by a lock on {@code ledger.event}.
     */
    public void forEach(Consumer<RecordedEvent> reader) {
        try (Stream<? extends TrackedEventMessage<?>> all = storage.readEvents(null, false)) {
            all.map(EventHeader::recorded).forEach(reader);
        }
    }

    /** The position up to which {@link #after} gives events; 0 if there is none. */
    public long end() {
        return end.position();
    }

    /**
     * The events that follow a position, of all streams, in the order of their positions. Whoever goes on from the last position misses none: an
     * event of a transaction that is still running comes before those that drew a greater position.
     *
     * @param position 0 for the first events
     * @param most how many at once
     */
    public List<PositionedEvent> after(long position, int most) {
        long last = end();
        if (last <= position) {
            return List.of();
        }
        try (Stream<? extends TrackedEventMessage<?>> events = storage
                .readEvents(GapAwareTrackingToken.newInstance(position, Set.of()), false)) {
            return events
                    .<PositionedEvent>map(event -> new PositionedEvent(position(event), EventHeader.recorded(event)))
                    .takeWhile(event -> event.position() <= last)
                    .limit(most)
                    .toList();
        }
    }

    /** The greatest committed position; 0 for an empty log. A transaction that still runs may add events before it. */
    public long newest() {
        return database.sql("select coalesce(max(global_index), 0) from ledger.event").query(Long.class).single();
    }

    /**
     * What all events after a position are about, also those that {@link #after} does not give yet. Reads no event.
     *
     * @return one for each event, in no order
     */
    public List<PositionedStream> streamsAfter(long position) {
        return database.sql("select global_index, stream from ledger.event where global_index > ?")
                .param(position)
                .query((row, _) -> new PositionedStream(row.getLong(1), StreamId.parse(row.getString(2))))
                .list();
    }

    private static long position(TrackedEventMessage<?> event) {
        return event.trackingToken().position().orElseThrow();
    }
}
