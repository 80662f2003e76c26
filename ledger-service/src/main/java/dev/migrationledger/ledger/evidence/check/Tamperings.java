package dev.migrationledger.ledger.evidence.check;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.EvidenceEvent.TamperingFound;
import dev.migrationledger.contracts.event.EvidenceEvent.TamperingRepaired;
import dev.migrationledger.contracts.event.EvidenceEvent;
import dev.migrationledger.contracts.log.Tampering;
import dev.migrationledger.ledger.recording.store.EventLog;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What others ask about the check of the store. Reads the few events that there are. */
public final class Tamperings {

    private final EventLog events;
    private final JdbcClient database;

    Tamperings(EventLog events, JdbcClient database) {
        this.events = events;
        this.database = database;
    }

    /** A place, and when it was found. */
    public record Open(Tampering tampering, Instant foundAt) {}

    /** The places that do not match, in the order in which they were found; usually none. */
    public List<Open> open() {
        Map<Tampering, Open> open = new LinkedHashMap<>();
        try (Stream<RecordedEvent> all = events.of(new StreamId.Evidence())) {
            all.forEachOrdered(recorded -> {
                if (recorded.event() instanceof EvidenceEvent event) {
                    switch (event) {
                        case TamperingFound it ->
                            open.put(it.tampering(), new Open(it.tampering(), recorded.recordedAt()));
                        case TamperingRepaired it -> open.remove(it.tampering());
                    }
                }
            });
        }
        return List.copyOf(open.values());
    }

    /** The end of the last complete round; null before the first. */
    public @Nullable Instant completedAt() {
        return CheckedTo.read(database).completedAt();
    }
}
