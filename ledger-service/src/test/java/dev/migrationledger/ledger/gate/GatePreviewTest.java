package dev.migrationledger.ledger.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.event.AgentEvent.AgentStarted;
import dev.migrationledger.contracts.event.GateEvent.Asker;
import dev.migrationledger.contracts.event.ObservedScripts;
import dev.migrationledger.contracts.gate.GateAnswer.Decision;
import dev.migrationledger.contracts.gate.GateAnswer;
import dev.migrationledger.contracts.gate.GatePreview;
import dev.migrationledger.contracts.gate.GateQuestion;
import dev.migrationledger.contracts.policy.GateReason.ApprovalsMissing;
import dev.migrationledger.contracts.policy.GateReason.NoPipeline;
import dev.migrationledger.contracts.policy.GateReason.NotAppliedEarlier;
import dev.migrationledger.contracts.policy.GateReason.ObservationTooOld;
import dev.migrationledger.core.policy.DeployRequest;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.environment.RetireEnvironment;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.schema.SchemaViews;
import dev.migrationledger.ledger.view.EnvironmentView.ScriptsOfSource;
import dev.migrationledger.ledger.view.EnvironmentView;
import dev.migrationledger.ledger.view.EnvironmentViews;
import dev.migrationledger.ledger.view.Story;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the gate would answer, asked without a trace. */
@LedgerTest
class GatePreviewTest {

    private static final Gate.Asking ANN = new Gate.Asking("ann", Asker.PERSON, new DeployRequest.Caller(null, false));

    @Autowired
    Gate gate;

    @Autowired
    TestClient ledger;

    @Autowired
    EnvironmentCommands commands;

    @Autowired
    EnvironmentViews environments;

    @Autowired
    SchemaViews schemas;

    @Autowired
    JdbcClient database;

    /** In minutes after the noon of stories, which the ledger takes for the time of recording. */
    private final int fresh = (int) Duration.between(Story.NOON, Instant.now()).toMinutes();

    @Test
    void a_preview_says_what_the_gate_would_answer() throws Exception {
        environment("says", "staging", "a");
        environment("says", "production", "a");
        policy("says", """
                promotion:
                  - to: {environments: [production]}
                    from: {environments: [staging]}
                    for: 1h
                freshness:
                  - where: {environments: [production]}
                    at-most: 365d
                pipeline:
                  - where: {environments: [production]}
                """);

        GatePreview preview = preview("says", "production");
        GateAnswer answer = ask("says", "production");

        assertThat(preview.decision()).isEqualTo(Decision.BLOCKED).isEqualTo(answer.decision());
        assertThat(preview.pending()).containsExactly("b").isEqualTo(answer.asked().pending());
        assertThat(preview.rows()).containsExactly("a");
        assertThat(preview.reasons()).isEqualTo(answer.reasons())
                .anyMatch(NotAppliedEarlier.class::isInstance).anyMatch(NoPipeline.class::isInstance);
        assertThat(preview.findings()).isEqualTo(answer.findings());
        assertThat(preview.policyVersion()).isEqualTo(1);
    }

    @Test
    void a_preview_counts_approvals_that_were_given_and_records_nothing_itself() throws Exception {
        environment("approved", "production", "a");
        policy("approved", """
                approvals:
                  - where: {environments: [production]}
                    count: 1
                freshness:
                  - where: {environments: [production]}
                    at-most: 365d
                """);
        long before = events();
        assertThat(preview("approved", "production").decision()).isEqualTo(Decision.BLOCKED);
        assertThat(preview("approved", "production").reasons()).anyMatch(ApprovalsMissing.class::isInstance);
        assertThat(events()).isEqualTo(before);
        assertThat(ledger.body("/api/v1/projects/approved/environments/production/deploys")).isEqualTo("[]");

        UUID deploy = ask("approved", "production").deploy();
        assertThat(ledger.post("/api/v1/projects/approved/environments/production/deploys/" + deploy + "/approve",
                new byte[0]).statusCode()).isEqualTo(200);
        long approved = events();

        assertThat(preview("approved", "production")).returns(Decision.ALLOWED, GatePreview::decision)
                .satisfies(it -> assertThat(it.reasons()).noneMatch(ApprovalsMissing.class::isInstance));
        assertThat(events()).as("the question and its approval are all").isEqualTo(approved).isGreaterThan(before);
    }

    @Test
    void an_open_override_counts() throws Exception {
        environment("override", "production", "a");
        policy("override", """
                pipeline:
                  - where: {environments: [production]}
                freshness:
                  - where: {environments: [production]}
                    at-most: 365d
                """);
        assertThat(ledger.post("/api/v1/projects/override/environments/production/overrides",
                "{\"reason\":\"incident\",\"until\":\"%s\"}".formatted(Instant.now().plusSeconds(900))
                        .getBytes(StandardCharsets.UTF_8))
                .statusCode()).isEqualTo(201);
        long before = events();

        GatePreview preview = preview("override", "production");

        assertThat(preview.decision()).isEqualTo(Decision.ALLOWED);
        assertThat(preview.override()).isNotNull();
        assertThat(events()).isEqualTo(before);
    }

    @Test
    void an_old_report_blocks_where_a_deploy_would_observe_by_itself() {
        new Story("stale", "production").at(0).scripts("a b<a").files("versions", "a", "b").schema("a").table("a")
                .recordIn(commands);

        assertThat(ask("stale", "production").reasons()).noneMatch(ObservationTooOld.class::isInstance);
        assertThat(gate.preview("stale", "production", ANN).reasons()).anyMatch(ObservationTooOld.class::isInstance);
    }

    @Test
    void what_is_not_known_is_refused_in_a_sentence() throws Exception {
        new Story("little", "production").says(new AgentStarted("1", "alembic", "watch", Map.of())).recordIn(commands);
        environment("gone", "production", "a");
        commands.retire(new RetireEnvironment("gone", "production", "ann", "moved", null, Instant.now(), 7));

        assertThat(ledger.problem("/api/v1/projects/little/environments/production/gate", 409))
                .satisfies(it -> assertThat(it.code()).isEqualTo("not-reported"))
                .satisfies(it -> assertThat(it.detail()).contains("version table of little/production"));
        assertThat(ledger.problem("/api/v1/projects/gone/environments/production/gate", 409).code())
                .isEqualTo("retired");
        ledger.problem("/api/v1/projects/little/environments/prodution/gate", 404);
    }

    private void environment(String project, String environment, String row) {
        new Story(project, environment).at(fresh).scripts("a b<a").files("versions", "a", "b").schema(row)
                .applied(row).table(row).recordIn(commands);
    }

    private void policy(String project, String file) throws Exception {
        HttpResponse<String> answer = ledger.send(ledger.request("/api/v1/projects/" + project + "/policy")
                .header("Content-Type", "application/yaml").PUT(BodyPublishers.ofString(file)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    /** Over HTTP, as the local administrator. */
    private GatePreview preview(String project, String environment) throws Exception {
        return ledger.read("/api/v1/projects/%s/environments/%s/gate".formatted(project, environment),
                GatePreview.class);
    }

    private GateAnswer ask(String project, String environment) {
        EnvironmentView view = environments.find(project, environment).orElseThrow();
        ScriptsOfSource scripts = view.sources().getFirst();
        Instant now = Instant.now();
        return gate.answer(project, environment, new GateQuestion(UUID.randomUUID(),
                new ObservedScripts(scripts.source(), scripts.form(), scripts.digest(), scripts.heads()),
                view.versionTable().orElseThrow(),
                schemas.find(project, environment).orElseThrow().fingerprint().orElseThrow(), now, now, null, null),
                ANN);
    }

    private long events() {
        return database.sql("SELECT count(*) FROM ledger.event").query(Long.class).single();
    }
}
