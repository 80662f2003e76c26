package dev.migrationledger.ledger.recording;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import java.util.List;

/** Hears of events after they were committed, by the thread that recorded them: it must neither fail nor wait. Every bean of this type is called. */
public interface RecordingListener {

    /**
     * After a commit.
     *
     * @param events of one batch; other ledgers' events are not among them
     */
    void recorded(List<RecordedEvent> events);
}
