package dev.migrationledger.ledger.environment;

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

    /** An environment's events in the order in which they were recorded; empty for one that was never heard of. */
    public Stream<RecordedEvent> of(String project, String environment) {
        return of(project, environment, 0);
    }

    /** The same without so many of the first. */
    public Stream<RecordedEvent> of(String project, String environment, long without) {
        // With a number: Axon would begin with the newest snapshot.
        return store.readEvents(stream(project, environment), without)
                .asStream()
                .map(message -> (RecordedEvent) message.getPayload());
    }

    /**
     * Every event of the ledger, each environment's in their order. Events that are recorded meanwhile may be missed:
     * who must not miss any keeps others from recording, by a lock on {@code ledger.event}.
     */
    public void forEach(Consumer<RecordedEvent> reader) {
        try (Stream<? extends TrackedEventMessage<?>> all = storage.readEvents(null, false)) {
            all.map(message -> (RecordedEvent) message.getPayload()).forEach(reader);
        }
    }

    /** The key of an environment's events in the store. No name holds a {@code /}. */
    static String stream(String project, String environment) {
        return project + "/" + environment;
    }

    static String stream(RecordedEvent event) {
        return event.project() + "/" + event.environment();
    }
}
