package dev.migrationledger.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.audit.AuditEntry;
import dev.migrationledger.contracts.audit.AuditPage;
import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.environment.EnvironmentReport;
import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.event.Attribution;
import dev.migrationledger.contracts.event.Evidence;
import dev.migrationledger.contracts.event.RunClaim;
import dev.migrationledger.contracts.gate.GateAnswer.Decision;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.testsupport.machine.ProcessOutput;
import dev.migrationledger.testsupport.time.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Deploys ask the ledger: both executable jars, real Alembic, and images that are folders. */
@ExtendWith(SharedLedger.class)
class GateIT {

    @TempDir
    private Path home;

    private DeployProject project;
    private SampleRun run;

    @BeforeEach
    void two_environments(SampleLedger ledger) throws Exception {
        project = DeployProject.create(ledger, home);
        run = project.run();
    }

    @Test
    void production_waits_until_staging_has_run_the_revision_for_its_time() throws Exception {
        policy("""
                promotion:
                  - to: {labels: {tier: production}}
                    from: {labels: {tier: staging}}
                    for: 2s
                """);
        Path image = project.image("a", "b");
        ProcessOutput early = upgrade("production", image);
        assertThat(early.exitCode()).as(early.text()).isEqualTo(1);
        assertThat(early.text()).contains("promotion rule 1", "staging has not applied b", "was not started");

        ProcessOutput staging = upgrade("staging", image);
        assertThat(staging.exitCode()).as(staging.text()).isZero();
        assertThat(staging.text()).contains("1 revision to run");
        Instant applied = Instant.now();
        ProcessOutput unknown = Eventually.becomes("staging has had the revision for its time",
                () -> upgrade("production", image), it -> Duration.between(applied, Instant.now()).toSeconds() >= 2);
        assertThat(unknown.exitCode()).as(unknown.text()).isEqualTo(1);
        assertThat(unknown.text()).contains("Whether staging still has b is not known");

        assertThat(agent("staging", image, "observe", List.of("--label", "tier=staging"), List.of()).exitCode())
                .isZero();
        ProcessOutput production = upgrade("production", image);
        assertThat(production.exitCode()).as(production.text()).isZero();
        assertThat(production.text()).contains("1 revision to run");

        // What the run did is reported without an agent that watches.
        EnvironmentReport report = run.report("production").orElseThrow();
        assertThat(report.versionTable()).isNotNull();
        assertThat(report.revisions()).filteredOn(it -> it.revision().equals("b"))
                .extracting(RevisionStatus::kind).containsExactly(RevisionStatus.Kind.APPLIED);
        assertThat(project.deploys("production").getFirst()).satisfies(deploy -> {
            assertThat(deploy.decision()).isEqualTo(Decision.ALLOWED);
            assertThat(deploy.asked().rows()).containsExactly("a");
            assertThat(deploy.asked().pending()).containsExactly("b");
            assertThat(deploy.exitCode()).isZero();
        });
        assertThat(project.deploys("production").getLast().decision()).isEqualTo(Decision.BLOCKED);
    }

    @Test
    void a_stale_image_is_refused_and_leaves_no_divergence_behind() throws Exception {
        assertThat(upgrade("production", project.image("a", "b")).exitCode()).isZero();

        ProcessOutput stale = gate("production", project.image("a"));
        assertThat(stale.exitCode()).as(stale.text()).isEqualTo(1);
        assertThat(stale.text()).contains("unknown-revision", "No script has row 'b'", "Deploy the newer image");
        assertThat(gate("production", project.image("a", "b")).exitCode()).isZero();
        assertThat(divergences()).isEmpty();
    }

    @Test
    void scripts_of_a_deploy_are_not_compared_with_those_that_they_replace() throws Exception {
        assertThat(agent("production", project.image("a"), "observe", List.of("--source", "image:1.0"), List.of())
                .exitCode())
                .isZero();
        ProcessOutput next = agent("production", project.image("a", "b"), "gate", List.of("--source", "git:4f2a91c"),
                List.of());
        assertThat(next.exitCode()).as(next.text()).isZero();
        assertThat(next.text()).contains("1 revision to run").doesNotContain("scripts-differ", "Warns");
    }

    @Test
    void a_mistyped_environment_is_refused_and_not_created() throws Exception {
        ProcessOutput refused = agent("prodution", project.image("a"), "gate", List.of(), List.of());
        assertThat(refused.exitCode()).as(refused.text()).isEqualTo(3);
        assertThat(refused.text()).contains("'prodution'", "production");
        assertThat(run.report("prodution")).isEmpty();
    }

    @Test
    void an_edited_migration_that_ran_elsewhere_is_a_warning_before_it_is_deployed() throws Exception {
        assertThat(upgrade("staging", project.image("a", "b")).exitCode()).isZero();
        assertThat(upgrade("production", project.image("a", "b")).exitCode()).isZero();
        Path edited = project.image("a", "b");
        Files.writeString(edited.resolve("migrations/versions/b.py"),
                Files.readString(edited.resolve("migrations/versions/b.py")) + "\n\ndef afterthought():\n    pass\n");
        ProcessOutput warned = gate("production", edited);
        assertThat(warned.exitCode()).as(warned.text()).isZero();
        assertThat(warned.text()).contains("revision-edited", "Warns");
    }

    @Test
    void of_two_runs_at_once_one_deploys_and_a_killed_one_holds_up_the_other_for_a_while() throws Exception {
        Path image = project.image("a", "b");
        ProcessBuilder slow = project.program("production", image, "run",
                List.of("--gate"), List.of("sh", "-c", "echo started; sleep 300"));
        Path output = home.resolve("slow");
        Process first = slow.redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            Eventually.becomes("the first one runs", () -> Files.readString(output), it -> it.contains("started"));
            ProcessOutput second = upgrade("production", image);
            assertThat(second.exitCode()).as(second.text()).isEqualTo(1);
            assertThat(second.text()).contains("deploy-running", "was not started");
            // Under another name the ledger does not know that it is the same database: the lock keeps them apart.
            ProcessBuilder renamed = project.program("staging", image, "run", List.of("--gate"),
                    List.of("echo", "it ran"));
            renamed.environment().put("DATABASE_URL", project.databaseUrl("production"));
            ProcessOutput locked = ProcessOutput.of(renamed);
            assertThat(locked.exitCode()).as(locked.text()).isEqualTo(3);
            assertThat(locked.text()).contains("Another 'run --gate' deploys to the version table",
                    "was not started").doesNotContain("it ran");
            first.descendants().forEach(ProcessHandle::destroyForcibly);
            first.destroyForcibly().waitFor();
            assertThat(upgrade("production", image).exitCode()).isEqualTo(1);
            assertThat(upgrade("staging", image).exitCode()).as("another environment").isZero();
        } finally {
            first.destroyForcibly();
        }
    }

    /** Something that happens to what a deploy is about. */
    private interface Change {
        void make() throws Exception;
    }

    @Test
    void a_run_does_not_start_if_scripts_schema_or_rows_changed_since_the_answer() throws Exception {
        Path image = project.image("a", "b");
        Map<String, Change> changes = new LinkedHashMap<>();
        changes.put("scripts", () -> project.add(image, "c", "b"));
        changes.put("schema", () -> project.sql("production", "CREATE TABLE by_hand (id integer)"));
        changes.put("rows", () -> project.sql("production", "DELETE FROM alembic_version"));
        AtomicReference<Change> next = new AtomicReference<>(() -> {});
        try (LedgerProxy proxy = LedgerProxy.start(run.url(), new LedgerProxy.Interference() {
            @Override
            public void answered(String path, int status) throws IOException {
                if (path.endsWith("/gate") && status == 200) {
                    try {
                        next.get().make();
                    } catch (Exception e) {
                        throw new IOException(e);
                    }
                }
            }
        })) {
            for (Map.Entry<String, Change> change : changes.entrySet()) {
                next.set(change.getValue());
                ProcessBuilder program = project.program("production", image, "run", List.of("--gate"),
                        List.of("echo", "it ran"));
                program.command().replaceAll(word -> word.equals(run.url()) ? proxy.url() : word);
                ProcessOutput refused = ProcessOutput.of(program);
                assertThat(refused.exitCode()).as("%s: %s", change.getKey(), refused.text()).isEqualTo(3);
                assertThat(refused.text()).as(change.getKey())
                        .contains("changed since the answer. The command was not started; run it again.")
                        .doesNotContain("it ran");
                assertThat(project.deploys("production").getFirst()).as(change.getKey()).satisfies(deploy -> {
                    assertThat(deploy.decision()).isEqualTo(Decision.ALLOWED);
                    assertThat(deploy.endedAt()).as("it holds up no other one").isNotNull();
                    assertThat(deploy.exitCode()).isNull();
                });
            }
        }
    }

    @Test
    void a_failed_deploy_holds_up_no_other_one_whose_run_id_is_in_all_that_is_recorded_of_it() throws Exception {
        run.capture("production", project.image("a").resolve("alembic.ini"));
        ProcessOutput failed = agent("production", project.image("a"), "run", List.of("--gate"), List.of("false"));
        assertThat(failed.exitCode()).as(failed.text()).isEqualTo(1);
        assertThat(project.deploys("production").getFirst().exitCode()).isEqualTo(1);

        ProcessOutput upgraded = upgrade("production", project.image("a", "b"));
        assertThat(upgraded.exitCode()).as(upgraded.text()).isZero();
        UUID id = Objects.requireNonNull(project.deploys("production").getFirst().asked().run());
        EnvironmentReport report = run.report("production").orElseThrow();
        assertThat(report.runs()).as("of the session that wrote the row").singleElement().satisfies(recorded -> {
            assertThat(recorded.run()).isEqualTo(id);
            assertThat(recorded.exitCode()).as("its end has the same id").isZero();
        });
        assertThat(report.revisions()).filteredOn(it -> it.revision().equals("b")).singleElement().satisfies(
                it -> assertThat(it.evidence()).extracting(Evidence::attribution).extracting(Attribution::actor)
                        .extracting(Attribution.Actor::applicationName).isEqualTo(RunClaim.applicationName(id)));
        String query = URLEncoder.encode("run:" + id, StandardCharsets.UTF_8);
        Eventually.becomes("the audit has all of the run", () -> ContractJson.read(
                run.ledger().get("/api/v1/audit?q=" + query).orElseThrow(), AuditPage.class).entries().stream()
                .map(AuditEntry::kind).toList(),
                kinds -> kinds.containsAll(
                        List.of("deploy-allowed", "run-started", "revision-applied", "run-ended", "deploy-ended")));
    }

    private ProcessOutput gate(String environment, Path image) throws Exception {
        return agent(environment, image, "gate", List.of(), List.of());
    }

    private ProcessOutput upgrade(String environment, Path image) throws Exception {
        return agent(environment, image, "run", List.of("--gate"), List.of("alembic", "upgrade", "head"));
    }

    private ProcessOutput agent(
            String environment, Path image, String command, List<String> options, List<String> child)
            throws Exception {
        return project.agent(environment, image, command, options, child);
    }

    private void policy(String file) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(HttpRequest.newBuilder(
                    URI.create(run.url() + "/api/v1/projects/" + run.project() + "/policy"))
                    .header("Content-Type", "application/yaml").PUT(BodyPublishers.ofString(file)).build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
    }

    private List<Divergence> divergences() {
        return List.of(ContractJson.read(run.get("/divergences?environment=production").orElseThrow(),
                Divergence[].class));
    }
}
