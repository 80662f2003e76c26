package dev.migrationledger.ledger.environment;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventsourcing.Snapshotter;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes snapshots one after the other on a thread of its own, after their events are committed. A command that made one itself would
 * want a second connection while it holds its first, and as many of those as the pool has connections wait for each other.
 */
final class LaterSnapshots implements Snapshotter {

    private static final Logger log = LoggerFactory.getLogger(LaterSnapshots.class);

    /** A snapshot that is not made costs a little time and nothing else. */
    private static final RejectedExecutionHandler LET_GO = (_, _) -> {};

    private static final int WAITING = 1_000;

    private final Snapshotter snapshots;
    private final ExecutorService thread = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING),
            Thread.ofPlatform().name("snapshots").daemon().factory(), LET_GO);

    LaterSnapshots(Snapshotter snapshots) {
        this.snapshots = snapshots;
    }

    @Override
    public void scheduleSnapshot(Class<?> aggregateType, String aggregateIdentifier) {
        // Of an environment that was never loaded Axon says it when everything is over.
        if (CurrentUnitOfWork.isStarted() && CurrentUnitOfWork.get().phase().isBefore(UnitOfWork.Phase.AFTER_COMMIT)) {
            CurrentUnitOfWork.get().afterCommit(_ -> thread.execute(() -> make(aggregateType, aggregateIdentifier)));
        } else {
            thread.execute(() -> make(aggregateType, aggregateIdentifier));
        }
    }

    private void make(Class<?> aggregateType, String aggregateIdentifier) {
        try {
            snapshots.scheduleSnapshot(aggregateType, aggregateIdentifier);
        } catch (RuntimeException e) {
            log.atDebug().addKeyValue("environment", aggregateIdentifier).setCause(e).log("no snapshot was made");
        }
    }
}
