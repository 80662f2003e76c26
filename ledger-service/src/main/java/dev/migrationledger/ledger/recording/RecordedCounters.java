package dev.migrationledger.ledger.recording;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.Event;
import dev.migrationledger.contracts.event.EventCatalogue;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many events of each type this ledger recorded since its start. All of them from the start: what begins at 1 has no rate. */
final class RecordedCounters {

    private final Map<Class<? extends Event>, Counter> counters = new HashMap<>();

    RecordedCounters(MeterRegistry registry) {
        EventCatalogue.all().forEach((name, type) -> counters.put(type, Counter
                .builder("migration.ledger.events.recorded")
                .description("Events that this ledger recorded since its start.")
                .tag("type", name)
                .register(registry)));
    }

    void recorded(List<RecordedEvent> events) {
        for (RecordedEvent event : events) {
            Counter counter = counters.get(event.event().getClass());
            if (counter != null) {
                counter.increment();
            }
        }
    }
}
