package dev.migrationledger.ledger.heartbeat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.migrationledger.contracts.envelope.Heartbeat;
import dev.migrationledger.contracts.envelope.HeartbeatAnswer;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.ledger.recording.store.EventLog;
import dev.migrationledger.ledger.recording.stream.StreamId;
import dev.migrationledger.ledger.view.EnvironmentViews;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/** Up to where the ledger has an agent's events. */
final class LastSequences {

    private final EnvironmentViews views;
    private final EventLog log;

    /** Reading an environment's whole log is rare and may be long: one at a time, so that heartbeats cannot keep a ledger busy. */
    private final Semaphore reading = new Semaphore(1);

    /** Of agents that the view has forgotten: their events do not become fewer while this ledger runs. */
    private final Cache<Key, Long> read = Caffeine.newBuilder().maximumSize(10_000).executor(Runnable::run).build();

    private record Key(String project, String environment, String agent, UUID epoch) {}

    LastSequences(EnvironmentViews views, EventLog log) {
        this.views = views;
        this.log = log;
    }

    /** An agent begins a new epoch if it was acknowledged more, so only the events themselves can say that they are fewer. */
    HeartbeatAnswer answer(Heartbeat heartbeat) {
        UUID epoch = heartbeat.epoch();
        Long acknowledged = heartbeat.acknowledged();
        if (epoch == null || acknowledged == null) {
            return new HeartbeatAnswer(null);
        }
        OptionalLong viewed = views.lastSequence(
                heartbeat.project(), heartbeat.environment(), heartbeat.agent(), epoch);
        if (viewed.isPresent() && viewed.getAsLong() >= acknowledged) {
            return new HeartbeatAnswer(viewed.getAsLong());
        }
        if (acknowledged <= 0) {
            return new HeartbeatAnswer(null);
        }
        Key key = new Key(heartbeat.project(), heartbeat.environment(), heartbeat.agent(), epoch);
        Long known = read.getIfPresent(key);
        if (known != null && known >= acknowledged) {
            return new HeartbeatAnswer(known);
        }
        if (!reading.tryAcquire()) {
            return new HeartbeatAnswer(null);
        }
        try (Stream<RecordedEvent> events = log.of(StreamId.of(heartbeat.project(), heartbeat.environment()))) {
            long last = events.map(RecordedEvent::origin)
                    .filter(origin -> origin != null
                            && origin.agent().equals(heartbeat.agent())
                            && origin.epoch().equals(epoch))
                    .mapToLong(RecordedEvent.Origin::sequence)
                    .max()
                    .orElse(0);
            read.put(key, last);
            return new HeartbeatAnswer(last);
        } finally {
            reading.release();
        }
    }
}
