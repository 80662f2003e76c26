package dev.migrationledger.ledger.divergence;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.ledger.recording.RecordingListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes the thread that evaluates divergences when events are recorded. */
final class WakeUpSignal implements RecordingListener {

    private final Semaphore sent = new Semaphore(0);

    @Override
    public void recorded(List<RecordedEvent> events) {
        send();
    }

    void send() {
        sent.release();
    }

    /** Waits for the signal, at most this long. Signals that came meanwhile are one. */
    boolean await(Duration limit) throws InterruptedException {
        boolean received = sent.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS);
        sent.drainPermits();
        return received;
    }
}
