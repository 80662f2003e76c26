package dev.migrationledger.ledger.recording;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** Everything that was recorded, read back. Both ways read page by page, so that a long log fits a small heap. */
public final class EventLog {

    private final EventStore store;
    private final EventStorageEngine storage;

    EventLog(EventStore store, EventStorageEngine storage) {
        this.store = store;
        this.storage = storage;
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
}
