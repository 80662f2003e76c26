package dev.migrationledger.ledger.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.environment.RecordDivergences;
import dev.migrationledger.ledger.environment.SampleBatches;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** What a Prometheus server gets. */
@LedgerTest
@TestPropertySource(properties = "management.prometheus.metrics.export.enabled=true")
class PrometheusTest {

    @Autowired
    TestClient ledger;

    @Autowired
    EnvironmentCommands environments;

    @Autowired
    JdbcTemplate jdbc;

    @Test
    void a_scrape_has_the_numbers_of_the_ledger() throws Exception {
        byte[] batch = ContractJson.write(new EventBatch(SampleBatches.events("navbot", "production", 1, 1)));
        assertThat(ledger.post("/api/v1/events", batch).statusCode()).isEqualTo(200);
        environments.recordDivergences(new RecordDivergences("navbot", "production",
                List.of(Finding.error(DivergenceCode.MULTIPLE_HEADS, "The history has 2 heads."),
                        Finding.warning(DivergenceCode.OBSERVATION_STALE, "No heartbeat.")),
                EnumSet.allOf(DivergenceCode.class), Set.of(), SampleBatches.NOON, null, Clock.systemUTC().instant(),
                7));
        assertThat(ledger.post("/api/v1/webhooks",
                "{\"name\":\"ops\",\"url\":\"https://ops.example.org/\"}".getBytes(StandardCharsets.UTF_8))
                .statusCode()).isEqualTo(201);

        String scrape = ledger.body("/actuator/prometheus");
        assertThat(scrape.lines()).contains(
                "migration_ledger_database_up 1.0",
                "migration_ledger_environments{project=\"navbot\",state=\"not-seen\"} 1.0",
                "migration_ledger_divergences{code=\"multiple-heads\",project=\"navbot\",severity=\"error\"} 1.0",
                "migration_ledger_environments_silent{project=\"navbot\"} 1.0",
                "migration_ledger_events_recorded_total{type=\"ledger.divergence-detected.v1\"} 2.0",
                "migration_ledger_events_recorded_total{type=\"ledger.deploy-blocked.v1\"} 0.0",
                "migration_ledger_webhook_messages{state=\"waiting\",webhook=\"ops\"} 0.0");
        assertThat(scrape).contains("migration_ledger_log_position ",
                "migration_ledger_automation_lag_positions{automation=\"follow-for-webhooks\"} ",
                "migration_ledger_automation_lag_positions{automation=\"evidence-log\"} ",
                "http_server_requests_seconds_count{",
                "uri=\"/api/v1/events\"").doesNotContain("production");
    }

    /** One series each would be 60,000 of 10,000 projects. */
    @Test
    void many_environments_and_projects_cost_neither_time_nor_series() {
        jdbc.update("""
                insert into ledger.environment_view (project, environment, digest, facts, scripts, list_item)
                select 'p' || i / 20, 'e' || i, '', '{}', '{}', json_build_object('position', 'at-head', 'more',
                repeat('x', 2000)) from generate_series(1, 10000) i""");
        try {
            ProjectMetrics metrics = new ProjectMetrics(JdbcClient.create(jdbc), Clock.systemUTC());
            metrics.metrics();
            long start = System.nanoTime();
            List<MetricSource.Metric> measured = metrics.metrics();
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            assertThat(took).isLessThan(Duration.ofSeconds(3));
            MetricSource.Metric counted = measured.getFirst();
            assertThat(counted.series()).hasSizeLessThanOrEqualTo(2 * (ProjectMetrics.MOST_PROJECTS + 1));
            assertThat(counted.series().stream().filter(one -> one.labels().getFirst().equals(ProjectMetrics.OTHERS))
                    .mapToDouble(MetricSource.Series::value).sum()).isGreaterThan(5_000);
            assertThat(counted.series().stream().mapToDouble(MetricSource.Series::value).sum())
                    .isEqualTo(Objects.requireNonNull(
                            jdbc.queryForObject("select count(*) from ledger.environment_view", Double.class)));
        } finally {
            jdbc.update("delete from ledger.environment_view where digest = ''");
        }
    }
}
