package dev.migrationledger.ledger.recording;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.SnapshotTrigger;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores snapshots on one thread, after their events are committed. A command that stored its own would need a second connection while it
 * holds its first; as many of those as the pool has connections would wait for each other.
 */
final class SnapshotWriter implements SnapshotTriggerDefinition {

    private static final Logger log = LoggerFactory.getLogger(SnapshotWriter.class);

    /** A stream that is not cached is loaded from its last snapshot, at most this many events and one batch. */
    private static final int EVENTS = 100;

    /** A missing snapshot only makes loading slower. */
    private static final RejectedExecutionHandler DISCARD = (_, _) -> {};

    private static final int WAITING = 1_000;

    private final EventStore store;
    private final ExecutorService thread = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING),
            Thread.ofPlatform().name("snapshots").daemon().factory(), DISCARD);

    SnapshotWriter(EventStore store) {
        this.store = store;
    }

    /** Counts the events since the last snapshot. */
    private static final class Count implements SnapshotTrigger {
        private int events;

        @Override
        public void eventHandled(EventMessage<?> event) {
            events++;
        }

        @Override
        public void initializationFinished() {}
    }

    @Override
    public SnapshotTrigger prepareTrigger(Class<?> aggregate) {
        return new Count();
    }

    /** Call it in the transaction that saves the stream; the snapshot holds the state at that moment. */
    <S> void saved(EventSourcedAggregate<StreamAggregate<S>> stream) {
        if (stream.getSnapshotTrigger() instanceof Count count && count.events >= EVENTS) {
            count.events = 0;
            var snapshot = new GenericDomainEventMessage<>(stream.type(), stream.identifierAsString(),
                    stream.version(), stream.getAggregateRoot().state());
            CurrentUnitOfWork.get().afterCommit(_ -> thread.execute(() -> store(snapshot)));
        }
    }

    private void store(GenericDomainEventMessage<?> snapshot) {
        try {
            store.storeSnapshot(snapshot);
        } catch (RuntimeException e) {
            log.atDebug().addKeyValue("stream", snapshot.getAggregateIdentifier()).setCause(e)
                    .log("snapshot not stored");
        }
    }
}
