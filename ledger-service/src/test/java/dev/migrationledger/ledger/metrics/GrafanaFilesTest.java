package dev.migrationledger.ledger.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.envelope.Heartbeat;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.environment.RecordDivergences;
import dev.migrationledger.ledger.environment.SampleBatches;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.recording.automation.Automations;
import dev.migrationledger.testsupport.machine.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboard and the alerts, checked by Prometheus' own tool and by what a running ledger exports. */
@LedgerTest
@TestPropertySource(properties = "management.prometheus.metrics.export.enabled=true")
class GrafanaFilesTest {

    private static final Path FOLDER = Path.of("..", "docs", "grafana");

    private static final Pattern METRIC = Pattern
            .compile("\\b(?:migration_ledger|http_server|hikaricp|jvm|process)_[a-z_]+");

    @Autowired
    TestClient ledger;

    @Autowired
    EnvironmentCommands environments;

    @Autowired
    Automations automations;

    @Autowired
    JdbcTemplate jdbc;

    @AfterEach
    void stop() {
        automations.stop();
    }

    @Test
    void every_metric_that_is_shown_or_alerted_about_is_one_that_the_ledger_exports() throws Exception {
        byte[] batch = ContractJson.write(new EventBatch(SampleBatches.events("navbot", "production", 1, 1)));
        assertThat(ledger.post("/api/v1/events", batch).statusCode()).isEqualTo(200);
        assertThat(ledger.post("/api/v1/webhooks",
                "{\"name\":\"ops\",\"url\":\"https://ops.example.org/\"}".getBytes(StandardCharsets.UTF_8))
                .statusCode()).isEqualTo(201);
        byte[] heartbeat = ContractJson.write(new Heartbeat("navbot", "production", "watcher", null, null, null));
        assertThat(ledger.post("/api/v1/heartbeat", heartbeat).statusCode()).isEqualTo(200);
        environments.recordDivergences(new RecordDivergences("navbot", "production",
                List.of(Finding.error(DivergenceCode.MULTIPLE_HEADS, "The history has 2 heads.")),
                Set.of(DivergenceCode.MULTIPLE_HEADS), Set.of(), SampleBatches.NOON, null, Instant.now(), 7));
        jdbc.update("insert into ledger.merge values ('elsewhere', ?, now(), false, '{}')", UUID.randomUUID());
        jdbc.update("insert into ledger.gate_override values ('elsewhere', 'production', ?, now(), ?::json)",
                UUID.randomUUID(), "{\"until\":\"2026-01-01T00:00:00Z\"}");
        assertThat(ledger.post("/api/v1/log/checkpoints", new byte[0]).statusCode()).isEqualTo(200);
        automations.start();

        Set<String> exported = ledger.body("/actuator/prometheus").lines()
                .filter(line -> line.startsWith("# TYPE ")).map(line -> line.split(" ", -1)[2])
                .collect(Collectors.toCollection(TreeSet::new));
        // A summary has these beside its name.
        Set.copyOf(exported).forEach(name -> exported.addAll(List.of(name + "_count", name + "_sum")));
        Set<String> used = metrics(expressions(dashboard()).stream().collect(Collectors.joining("\n")));
        used.addAll(metrics(Files.readString(FOLDER.resolve("alerts.yml"))));
        used.addAll(metrics(Files.readString(FOLDER.resolve("..").resolve("metrics.md")).replace("hikaricp_…", "")));
        assertThat(used).hasSizeGreaterThan(15);
        assertThat(exported).containsAll(used);
    }

    private static Set<String> metrics(String text) {
        return METRIC.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void the_rules_are_valid_and_alert_when_they_should() throws Exception {
        assertThat(promtool("check", "rules", "alerts.yml")).contains("rules found");
        assertThat(promtool("test", "rules", "alerts.test.yml")).contains("SUCCESS");
    }

    @Test
    void every_alert_is_tested_and_documented() throws Exception {
        String tests = Files.readString(FOLDER.resolve("alerts.test.yml"));
        String page = Files.readString(FOLDER.resolve("..").resolve("metrics.md"));
        List<String> alerts = Pattern.compile("- alert: (\\w+)").matcher(Files.readString(FOLDER.resolve("alerts.yml")))
                .results().map(found -> found.group(1)).toList();
        assertThat(alerts).isNotEmpty().allSatisfy(alert -> {
            assertThat(tests).contains("alertname: " + alert);
            assertThat(page).contains("`" + alert + "`");
        });
    }

    @Test
    void every_expression_of_the_dashboard_is_valid(@TempDir Path folder) throws Exception {
        List<String> expressions = expressions(dashboard());
        assertThat(expressions).hasSizeGreaterThan(15);
        StringBuilder rules = new StringBuilder("groups:\n  - name: dashboard\n    rules:\n");
        for (int i = 0; i < expressions.size(); i++) {
            rules.append("      - record: panel:").append(i).append("\n        expr: ")
                    .append(JsonMapper.shared().writeValueAsString(expressions.get(i).replace("$project", ".*")))
                    .append('\n');
        }
        Files.writeString(folder.resolve("dashboard.yml"), rules);
        assertThat(promtool("check", "rules", folder.resolve("dashboard.yml").toString()))
                .contains(expressions.size() + " rules found");
    }

    @Test
    void the_panels_have_a_place_a_description_and_the_chosen_data_source() throws Exception {
        Set<String> places = new TreeSet<>();
        for (JsonNode panel : dashboard().get("panels")) {
            assertThat(places.add(panel.get("gridPos").toString())).as(panel.get("title").asString()).isTrue();
            if (!panel.get("type").asString().equals("row")) {
                assertThat(panel.get("description").asString()).endsWith(".");
                panel.get("targets").forEach(target -> assertThat(target.at("/datasource/uid").asString())
                        .isEqualTo("${datasource}"));
            }
        }
    }

    private static JsonNode dashboard() throws IOException {
        return JsonMapper.shared().readTree(Files.readString(FOLDER.resolve("migration-ledger.json")));
    }

    private static List<String> expressions(JsonNode dashboard) {
        return dashboard.findValuesAsString("expr");
    }

    /** What it writes, if it succeeds. */
    private static String promtool(String... arguments) throws IOException, InterruptedException {
        Path promtool = Path.of("/usr/bin/promtool");
        Requirement.met(Files.isExecutable(promtool), "there is no /usr/bin/promtool: apt-get install prometheus");
        List<String> command = new ArrayList<>(List.of(promtool.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).directory(FOLDER.toFile()).redirectErrorStream(true).start();
        String written = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(written).isZero();
        return written;
    }
}
