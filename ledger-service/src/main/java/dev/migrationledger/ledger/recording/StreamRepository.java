package dev.migrationledger.ledger.recording;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.migrationledger.ledger.recording.stream.StreamState;
import java.util.Optional;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.AggregateFactory;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * Caches the streams used last. A cached state is used only if the database has no newer event of the stream: another ledger on the same
 * database may have recorded one. Axon's own caching repository does not check that.
 */
final class StreamRepository<S> extends EventSourcingRepository<StreamAggregate<S>> {

    private final EventStore store;
    private final SnapshotWriter snapshots;
    private final Cache<String, EventSourcedAggregate<StreamAggregate<S>>> cache;

    /** @param bytes the cache's size, about */
    StreamRepository(StreamState<S> definition, EventStore store, SnapshotWriter snapshots, long bytes) {
        super(EventSourcingRepository.builder(StreamRepository.<S>type())
                .aggregateFactory(new Factory<>(definition))
                .eventStore(store)
                .snapshotTriggerDefinition(snapshots));
        this.store = store;
        this.snapshots = snapshots;
        cache = Caffeine.newBuilder()
                .maximumWeight(bytes)
                .<String, EventSourcedAggregate<StreamAggregate<S>>>weigher(
                        (_, stream) -> stream.getAggregateRoot().weight())
                .executor(Runnable::run)
                .build();
    }

    @SuppressWarnings("unchecked") // No class has a type argument.
    private static <S> Class<StreamAggregate<S>> type() {
        return (Class<StreamAggregate<S>>) (Class<?>) StreamAggregate.class;
    }

    private record Factory<S>(StreamState<S> definition) implements AggregateFactory<StreamAggregate<S>> {

        @Override
        public StreamAggregate<S> createAggregateRoot(String key, DomainEventMessage<?> first) {
            return definition.type().isInstance(first.getPayload())
                    ? new StreamAggregate<>(definition, key, definition.type().cast(first.getPayload()))
                    : new StreamAggregate<>(definition);
        }

        @Override
        public Class<StreamAggregate<S>> getAggregateType() {
            return type();
        }
    }

    @Override
    protected EventSourcedAggregate<StreamAggregate<S>> doLoadWithLock(String key, @Nullable Long expectedVersion) {
        EventSourcedAggregate<StreamAggregate<S>> cached = cache.getIfPresent(key);
        if (cached == null || !store.lastSequenceNumberFor(key).equals(Optional.ofNullable(cached.version()))) {
            return super.doLoadWithLock(key, expectedVersion);
        }
        evictOnRollback(key);
        return cached;
    }

    @Override
    protected void doSaveWithLock(EventSourcedAggregate<StreamAggregate<S>> stream) {
        super.doSaveWithLock(stream);
        // A stream whose first events were refused has no key yet.
        if (stream.version() != null) {
            String key = stream.identifierAsString();
            evictOnRollback(key);
            cache.put(key, stream);
            snapshots.saved(stream);
        }
    }

    private void evictOnRollback(String key) {
        CurrentUnitOfWork.get().onRollback(_ -> cache.invalidate(key));
    }
}
