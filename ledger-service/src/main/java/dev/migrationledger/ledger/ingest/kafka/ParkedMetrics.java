package dev.migrationledger.ledger.ingest.kafka;

import dev.migrationledger.contracts.kafka.ParkedEnvironment;
import dev.migrationledger.ledger.metrics.MetricSource;
import java.util.List;

/** How much is parked. */
final class ParkedMetrics implements MetricSource {

    private final ParkedRecords parked;

    ParkedMetrics(ParkedRecords parked) {
        this.parked = parked;
    }

    @Override
    public List<Metric> metrics() {
        List<ParkedEnvironment> waiting = parked.waiting();
        return List.of(
                Metric.of("parked_environments", "Environments whose events came over Kafka and are parked.",
                        waiting.size()),
                Metric.of("parked_batches", "Batches of events that came over Kafka and are parked.",
                        waiting.stream().mapToInt(ParkedEnvironment::batches).sum()));
    }
}
