package dev.migrationledger.ledger.metrics;

import dev.migrationledger.ledger.metrics.MetricSource.Metric;
import dev.migrationledger.ledger.metrics.MetricSource.Series;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Asks the sources at a scrape. A collector of Prometheus and not Micrometer's gauges: which series there are is known only when they are
 * counted, and all of a scrape are of one moment.
 */
final class LedgerCollector implements MultiCollector {

    private static final Logger log = LoggerFactory.getLogger(LedgerCollector.class);

    static final String PREFIX = "migration_ledger_";

    /** Several Prometheus servers scrape one ledger for the price of one. */
    private static final long KEPT_NANOS = 10_000_000_000L;

    private final Iterable<MetricSource> sources;
    private final LongSupplier nanoTime;
    private MetricSnapshots last = MetricSnapshots.of();
    private long lastAt;
    private boolean any;
    private boolean failing;

    /** @param nanoTime a clock that no one sets */
    LedgerCollector(Iterable<MetricSource> sources, LongSupplier nanoTime) {
        this.sources = sources;
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized MetricSnapshots collect() {
        long now = nanoTime.getAsLong();
        if (!any || now - lastAt > KEPT_NANOS) {
            last = measure();
            lastAt = now;
            any = true;
        }
        return last;
    }

    /** Without the numbers of before if the database does not answer: they would look as if nothing changed. */
    private MetricSnapshots measure() {
        List<Metric> metrics = new ArrayList<>();
        boolean up = true;
        try {
            sources.forEach(source -> metrics.addAll(source.metrics()));
            failing = false;
        } catch (DataAccessException e) {
            metrics.clear();
            up = false;
            if (!failing) {
                log.atWarn().addKeyValue("error", e.getMessage()).log("cannot measure for Prometheus");
            }
            failing = true;
        }
        return new MetricSnapshots(Stream.concat(
                Stream.of(Metric.of("database_up", "Whether the ledger could read its database: 1, or 0.", up ? 1 : 0)),
                metrics.stream()).<MetricSnapshot>map(LedgerCollector::snapshot).toList());
    }

    private static GaugeSnapshot snapshot(Metric metric) {
        GaugeSnapshot.Builder all = GaugeSnapshot.builder().name(PREFIX + metric.name()).help(metric.help());
        for (Series one : metric.series()) {
            all.dataPoint(GaugeDataPointSnapshot.builder().value(one.value())
                    .labels(Labels.of(metric.labels(), one.labels())).build());
        }
        return all.build();
    }
}
