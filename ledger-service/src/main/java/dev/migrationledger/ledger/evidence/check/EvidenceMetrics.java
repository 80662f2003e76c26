package dev.migrationledger.ledger.evidence.check;

import dev.migrationledger.ledger.evidence.log.Checkpoints;
import dev.migrationledger.ledger.metrics.MetricSource;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Whether the database was changed outside the ledger, and how old the last signature of its log is. */
final class EvidenceMetrics implements MetricSource {

    private final Tamperings tamperings;
    private final Checkpoints checkpoints;
    private final Clock clock;

    EvidenceMetrics(Tamperings tamperings, Checkpoints checkpoints, Clock clock) {
        this.tamperings = tamperings;
        this.checkpoints = checkpoints;
        this.clock = clock;
    }

    @Override
    public List<Metric> metrics() {
        List<Metric> metrics = new ArrayList<>();
        metrics.add(Metric.of("tampered_places",
                "Places of the ledger's database that were changed outside the ledger, and not repaired.",
                (double) tamperings.open().size()));
        checkpoints.latest().ifPresent(latest -> metrics.add(Metric.of("checkpoint_age_seconds",
                "The time since the last checkpoint of the evidence log was signed.",
                Duration.between(latest.madeAt(), clock.instant()).toMillis() / 1_000.0)));
        return metrics;
    }
}
