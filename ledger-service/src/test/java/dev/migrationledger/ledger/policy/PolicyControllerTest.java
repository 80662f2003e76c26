package dev.migrationledger.ledger.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.gate.PolicyDryRun;
import dev.migrationledger.contracts.policy.EnvironmentSelector;
import dev.migrationledger.contracts.policy.PolicyMistake;
import dev.migrationledger.contracts.policy.PolicyRefusal;
import dev.migrationledger.contracts.policy.ProjectPolicy;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.divergence.PipelineDemands;
import dev.migrationledger.ledger.divergence.project.PipelineDemand;
import dev.migrationledger.ledger.environment.SampleBatches;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.recording.view.ViewRebuild;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@LedgerTest
class PolicyControllerTest {

    private static final String PATH = "/api/v1/projects/navbot/policy";

    @Autowired
    TestClient ledger;

    @Autowired
    ViewRebuild rebuild;

    @Autowired
    PipelineDemands demands;

    @BeforeEach
    void an_environment() throws Exception {
        byte[] batch = ContractJson.write(new EventBatch(SampleBatches.events("navbot", "staging", 1, 1)));
        assertThat(ledger.post("/api/v1/events", batch).statusCode()).isEqualTo(200);
    }

    @Test
    void a_policy_is_applied_shown_and_rebuilt_from_its_events() throws Exception {
        assertThat(ledger.read(PATH, ProjectPolicy.class)).isEqualTo(ProjectPolicy.none("navbot"));
        ProjectPolicy first = TestClient.read(put("unreachable: local # for now\n"), ProjectPolicy.class);
        assertThat(first.version()).isEqualTo(1);
        assertThat(first.by()).isEqualTo("local");
        assertThat(first.text()).isEqualTo("unreachable: local # for now\n");
        assertThat(TestClient.read(put("unreachable: local # for now\n"), ProjectPolicy.class)).isEqualTo(first);
        ProjectPolicy second = TestClient.read(put("unreachable: block\n"), ProjectPolicy.class);
        assertThat(second.version()).isEqualTo(2);
        assertThat(ledger.read(PATH, ProjectPolicy.class)).isEqualTo(second);
        assertThat(rebuild.check().differing()).isEmpty();

        byte[] broken = "unreachable: never\nx: y\n".getBytes(StandardCharsets.UTF_8);
        PolicyRefusal refusal = refusal(put(broken));
        assertThat(refusal.detail())
                .isEqualTo("The policy has 2 mistakes; nothing was changed. The first is in line 1, "
                        + "column 14: 'never' is not an answer; write 'block', 'local' or 'allow'.");
        assertThat(refusal.mistakes()).extracting(PolicyMistake::line).containsExactly(1, 2);
        assertThat(ledger.read(PATH, ProjectPolicy.class)).isEqualTo(second);
    }

    @Test
    void a_rule_about_pipelines_keeps_the_time_from_which_it_counts() throws Exception {
        byte[] batch = ContractJson.write(new EventBatch(SampleBatches.events("shop", "staging", 1, 1)));
        assertThat(ledger.post("/api/v1/events", batch).statusCode()).isEqualTo(200);
        ProjectPolicy first = TestClient.read(shop("pipeline:\n  - where: {environments: [production]}\n"),
                ProjectPolicy.class);
        ProjectPolicy second = TestClient.read(shop(
                "pipeline:\n  - where: {labels: {tier: prod}}\n  - where: {environments: [production]}\n    mode: warn\n"),
                ProjectPolicy.class);
        assertThat(demands.pipelines("shop")).containsExactly(
                new PipelineDemand(EnvironmentSelector.labelled("tier", "prod"),
                        Objects.requireNonNull(second.appliedAt())),
                new PipelineDemand(EnvironmentSelector.named("production"),
                        Objects.requireNonNull(first.appliedAt())));
        assertThat(demands.pipelines()).containsKey("shop");
        assertThat(rebuild.check().differing()).isEmpty();
        TestClient.read(shop("unreachable: local\n"), ProjectPolicy.class);
        assertThat(demands.pipelines()).doesNotContainKey("shop");
    }

    @Test
    void a_file_with_a_secret_or_other_bytes_than_utf_8_is_refused() throws Exception {
        assertThat(refusal(put("unreachable: local\n# postgresql://ann:s3cret@db/app\n")).mistakes()).containsExactly(
                new PolicyMistake(2, 1, "this line has a password or a token; remove it"));
        assertThat(refusal(put(new byte[]{(byte) 0xff})).mistakes()).containsExactly(
                new PolicyMistake(1, 1, "the file is not UTF-8; save it as UTF-8"));
    }

    @Test
    void a_project_that_does_not_exist_has_no_policy() throws Exception {
        assertThat(ledger.problem("/api/v1/projects/navbt/policy", 404).detail()).contains("'navbt'", "navbot");
        HttpResponse<String> answer = ledger.send(ledger.request("/api/v1/projects/navbt/policy")
                .header("Content-Type", "application/yaml").PUT(BodyPublishers.ofString("unreachable: local")));
        assertThat(TestClient.problem(answer, 404).detail()).contains("'navbt'");
    }

    @Test
    void a_dry_run_judges_nothing_in_a_project_without_deploys_and_names_mistakes() throws Exception {
        PolicyDryRun run = TestClient.read(dryRun("?days=30", "unreachable: block\n"), PolicyDryRun.class);
        assertThat(run.deploys()).isZero();
        assertThat(run.changed()).isEmpty();
        assertThat(Duration.between(run.from(), Instant.now())).isBetween(Duration.ofDays(30), Duration.ofDays(31));
        assertThat(refusal(dryRun("", "unreachable: never\n")).mistakes()).hasSize(1);
        assertThat(TestClient.problem(dryRun("?days=91", "unreachable: block\n"), 422).detail()).contains("1 to 90");
        assertThat(ledger.read(PATH, ProjectPolicy.class).version()).isZero();
    }

    private HttpResponse<String> dryRun(String query, String file) throws Exception {
        return ledger.send(ledger.request(PATH + "/dry-run" + query).header("Content-Type", "application/yaml")
                .POST(BodyPublishers.ofString(file)));
    }

    @Test
    void a_change_in_between_is_not_overwritten() throws Exception {
        ProjectPolicy first = TestClient.read(put("unreachable: allow\n"), ProjectPolicy.class);
        String tag = ledger.get(PATH).headers().firstValue("ETag").orElseThrow();
        assertThat(tag).isEqualTo("\"%d\"".formatted(first.version()));
        assertThat(putInPlaceOf(tag, "unreachable: block # mine\n").statusCode()).isEqualTo(200);
        assertThat(TestClient.problem(putInPlaceOf(tag, "unreachable: allow # yours\n"), 412).detail())
                .isEqualTo("Version %d counts, not version %d; nothing was changed. Look at it and apply again."
                        .formatted(first.version() + 1, first.version()));
        assertThat(ledger.read(PATH, ProjectPolicy.class).text()).isEqualTo("unreachable: block # mine\n");
        assertThat(TestClient.problem(putInPlaceOf("latest", "unreachable: allow\n"), 422).detail())
                .contains("If-Match is not the entity tag");
    }

    private HttpResponse<String> putInPlaceOf(String tag, String file) throws Exception {
        return ledger.send(ledger.request(PATH).header("Content-Type", "application/yaml").header("If-Match", tag)
                .PUT(BodyPublishers.ofString(file)));
    }

    @Test
    void a_form_of_another_site_cannot_apply_a_policy() throws Exception {
        for (String type : List.of("text/plain", "application/x-www-form-urlencoded")) {
            assertThat(ledger.send(ledger.request(PATH).header("Content-Type", type)
                    .PUT(BodyPublishers.ofString("unreachable: allow"))).statusCode()).isEqualTo(415);
        }
    }

    private HttpResponse<String> put(String file) throws Exception {
        return put(file.getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> put(byte[] file) throws Exception {
        return ledger.send(ledger.request(PATH).header("Content-Type", "application/yaml")
                .PUT(BodyPublishers.ofByteArray(file)));
    }

    private static PolicyRefusal refusal(HttpResponse<String> answer) {
        TestClient.problem(answer, 422);
        return ContractJson.read(answer.body().getBytes(StandardCharsets.UTF_8), PolicyRefusal.class);
    }

    private HttpResponse<String> shop(String text) throws Exception {
        return ledger.send(ledger.request("/api/v1/projects/shop/policy").header("Content-Type", "application/yaml")
                .PUT(BodyPublishers.ofString(text)));
    }
}
