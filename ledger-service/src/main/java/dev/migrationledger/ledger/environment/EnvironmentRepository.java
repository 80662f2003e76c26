package dev.migrationledger.ledger.environment;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * Caches the environments used last. A cached environment is used only if the database has no newer event of it: another ledger on the
 * same database may have recorded one. Axon's own caching repository does not check that.
 */
final class EnvironmentRepository extends EventSourcingRepository<EnvironmentAggregate> {

    private final EventStore store;
    private final Snapshots snapshots;
    private final Cache<String, EventSourcedAggregate<EnvironmentAggregate>> cache;

    /** @param bytes the cache's size, about */
    EnvironmentRepository(EventStore store, Snapshots snapshots, long bytes) {
        super(builder(EnvironmentAggregate.class).eventStore(store).snapshotTriggerDefinition(snapshots));
        this.store = store;
        this.snapshots = snapshots;
        cache = Caffeine.newBuilder()
                .maximumWeight(bytes)
                .<String, EventSourcedAggregate<EnvironmentAggregate>>weigher(
                        (_, environment) -> environment.getAggregateRoot().weight())
                .executor(Runnable::run)
                .build();
    }

    @Override
    protected EventSourcedAggregate<EnvironmentAggregate> doLoadWithLock(String stream,
            @Nullable Long expectedVersion) {
        EventSourcedAggregate<EnvironmentAggregate> cached = cache.getIfPresent(stream);
        if (cached == null || !store.lastSequenceNumberFor(stream).equals(Optional.ofNullable(cached.version()))) {
            return super.doLoadWithLock(stream, expectedVersion);
        }
        evictOnRollback(stream);
        return cached;
    }

    @Override
    protected void doSaveWithLock(EventSourcedAggregate<EnvironmentAggregate> environment) {
        super.doSaveWithLock(environment);
        // An environment whose first events were refused has no name yet.
        if (environment.version() != null) {
            String stream = environment.identifierAsString();
            evictOnRollback(stream);
            cache.put(stream, environment);
            snapshots.saved(environment);
        }
    }

    private void evictOnRollback(String stream) {
        CurrentUnitOfWork.get().onRollback(_ -> cache.invalidate(stream));
    }
}
