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
 * Keeps environments that were told of lately in memory. One that is kept counts only while the database has no event after its last:
 * another ledger on the same database may have recorded meanwhile. Axon's own repository with a cache does not ask.
 */
final class EnvironmentRepository extends EventSourcingRepository<EnvironmentAggregate> {

    private final EventStore store;
    private final Snapshots snapshots;
    private final Cache<String, EventSourcedAggregate<EnvironmentAggregate>> kept;

    /** @param bytes about so many are kept at most */
    EnvironmentRepository(EventStore store, Snapshots snapshots, long bytes) {
        super(builder(EnvironmentAggregate.class).eventStore(store).snapshotTriggerDefinition(snapshots));
        this.store = store;
        this.snapshots = snapshots;
        kept = Caffeine.newBuilder()
                .maximumWeight(bytes)
                .<String, EventSourcedAggregate<EnvironmentAggregate>>weigher(
                        (_, environment) -> environment.getAggregateRoot().weight())
                .executor(Runnable::run)
                .build();
    }

    @Override
    protected EventSourcedAggregate<EnvironmentAggregate> doLoadWithLock(String stream,
            @Nullable Long expectedVersion) {
        EventSourcedAggregate<EnvironmentAggregate> known = kept.getIfPresent(stream);
        if (known == null || !store.lastSequenceNumberFor(stream).equals(Optional.ofNullable(known.version()))) {
            return super.doLoadWithLock(stream, expectedVersion);
        }
        forgetIfRolledBack(stream);
        return known;
    }

    @Override
    protected void doSaveWithLock(EventSourcedAggregate<EnvironmentAggregate> environment) {
        super.doSaveWithLock(environment);
        // One whose first events were refused has no name yet.
        if (environment.version() != null) {
            String stream = environment.identifierAsString();
            forgetIfRolledBack(stream);
            kept.put(stream, environment);
            snapshots.saved(environment);
        }
    }

    private void forgetIfRolledBack(String stream) {
        CurrentUnitOfWork.get().onRollback(_ -> kept.invalidate(stream));
    }
}
