package dev.migrationledger.ledger.divergence;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.ledger.environment.Projection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Rings when events are recorded. It rings before they are committed: who comes at once finds nothing new and has to wait a moment. */
final class Bell implements Projection {

    private final Semaphore rung = new Semaphore(0);

    @Override
    public void apply(String project, String environment, List<RecordedEvent> newEvents) {
        ring();
    }

    void ring() {
        rung.release();
    }

    /** Waits for the bell, and not longer than so; however often it rang, that was once. */
    boolean await(Duration limit) throws InterruptedException {
        boolean heard = rung.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS);
        rung.drainPermits();
        return heard;
    }
}
