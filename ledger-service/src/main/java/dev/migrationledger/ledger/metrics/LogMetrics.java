package dev.migrationledger.ledger.metrics;

import dev.migrationledger.ledger.recording.automation.Automations;
import dev.migrationledger.ledger.recording.store.EventLog;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How far the log goes, and how far what follows it has come. */
final class LogMetrics implements MetricSource {

    private final EventLog log;
    private final Automations automations;
    private final JdbcClient database;

    LogMetrics(EventLog log, Automations automations, JdbcClient database) {
        this.log = log;
        this.automations = automations;
        this.database = database;
    }

    @Override
    public List<Metric> metrics() {
        // Cursors first: one that moves meanwhile is not ahead of the end.
        Map<String, Double> behind = new TreeMap<>();
        database.sql("select automation, position from ledger.automation_cursor union all"
                + " select 'evidence-log', events_to from ledger.log_head union all"
                + " select 'audit', position from ledger.audit_state")
                .query(row -> {
                    behind.put(row.getString(1), row.getDouble(2));
                });
        long end = log.end();
        behind.replaceAll((_, position) -> Math.max(0, end - position));
        Map<String, Double> rounds = new TreeMap<>();
        automations.sinceCompleteRound().forEach((name, since) -> rounds.put(name, since.toMillis() / 1_000.0));
        return List.of(
                Metric.of("log_position", "The position of the last event.", (double) end),
                Metric.of("automation_lag_positions", "How many positions an automation is behind the end of the log.",
                        "automation", behind),
                Metric.of("automation_round_age_seconds",
                        "The time since an automation of this ledger completed a round without a failure.",
                        "automation", rounds));
    }
}
