package dev.migrationledger.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.environment.EnvironmentReport;
import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.gate.DeployRecord;
import dev.migrationledger.contracts.gate.GateAnswer.Decision;
import dev.migrationledger.contracts.gate.GateOverride;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.testsupport.alembic.Python;
import dev.migrationledger.testsupport.alembic.RealAlembic;
import dev.migrationledger.testsupport.machine.ProcessOutput;
import dev.migrationledger.testsupport.time.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Deploys ask the ledger: both executable jars, real Alembic, and images that are folders. */
@ExtendWith(SharedLedger.class)
class GateIT {

    @TempDir
    private Path home;

    private final SampleLayout layout = SampleLayout.here();
    private SampleRun run;

    @BeforeEach
    void two_environments(SampleLedger ledger) throws Exception {
        Python.withAlembic();
        run = SharedLedger.project(ledger, home);
        for (String environment : List.of("staging", "production")) {
            run.databases().create(environment);
            alembic(image("a"), environment).run("upgrade", "head");
            ProcessOutput observed = agent(environment, image("a"), "observe",
                    List.of("--label", "tier=" + environment),
                    List.of());
            assertThat(observed.exitCode()).as(observed.text()).isZero();
        }
    }

    @Test
    void production_waits_until_staging_has_run_the_revision_for_its_time() throws Exception {
        policy("""
                promotion:
                  - to: {labels: {tier: production}}
                    from: {labels: {tier: staging}}
                    for: 2s
                """);
        Path image = image("a", "b");
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
        assertThat(deploys("production").getFirst()).satisfies(deploy -> {
            assertThat(deploy.decision()).isEqualTo(Decision.ALLOWED);
            assertThat(deploy.asked().rows()).containsExactly("a");
            assertThat(deploy.asked().pending()).containsExactly("b");
            assertThat(deploy.exitCode()).isZero();
        });
        assertThat(deploys("production").getLast().decision()).isEqualTo(Decision.BLOCKED);
    }

    @Test
    void a_stale_image_is_refused_and_leaves_no_divergence_behind() throws Exception {
        assertThat(upgrade("production", image("a", "b")).exitCode()).isZero();

        ProcessOutput stale = gate("production", image("a"));
        assertThat(stale.exitCode()).as(stale.text()).isEqualTo(1);
        assertThat(stale.text()).contains("unknown-revision", "Row 'b'", "Deploy the newer image");
        assertThat(gate("production", image("a", "b")).exitCode()).isZero();
        assertThat(divergences()).isEmpty();
    }

    @Test
    void scripts_of_a_deploy_are_not_compared_with_those_that_they_replace() throws Exception {
        assertThat(agent("production", image("a"), "observe", List.of("--source", "image:1.0"), List.of()).exitCode())
                .isZero();
        ProcessOutput next = agent("production", image("a", "b"), "gate", List.of("--source", "git:4f2a91c"),
                List.of());
        assertThat(next.exitCode()).as(next.text()).isZero();
        assertThat(next.text()).contains("1 revision to run").doesNotContain("scripts-differ", "Warns");
    }

    @Test
    void a_mistyped_environment_is_refused_and_not_created() throws Exception {
        ProcessOutput refused = agent("prodution", image("a"), "gate", List.of(), List.of());
        assertThat(refused.exitCode()).as(refused.text()).isEqualTo(3);
        assertThat(refused.text()).contains("'prodution'", "production");
        assertThat(run.report("prodution")).isEmpty();
    }

    @Test
    void an_edited_migration_that_ran_elsewhere_is_a_warning_before_it_is_deployed() throws Exception {
        assertThat(upgrade("staging", image("a", "b")).exitCode()).isZero();
        assertThat(upgrade("production", image("a", "b")).exitCode()).isZero();
        Path edited = image("a", "b");
        Files.writeString(edited.resolve("migrations/versions/b.py"),
                Files.readString(edited.resolve("migrations/versions/b.py")) + "\n# an afterthought\n");
        ProcessOutput warned = gate("production", edited);
        assertThat(warned.exitCode()).as(warned.text()).isZero();
        assertThat(warned.text()).contains("revision-edited", "Warns");
    }

    @Test
    void of_two_runs_at_once_one_deploys_and_a_killed_one_holds_up_the_other_for_a_while() throws Exception {
        Path image = image("a", "b");
        ProcessBuilder slow = program("production", image, "run",
                List.of("--gate"), List.of("sh", "-c", "echo started; sleep 300"));
        Path output = home.resolve("slow");
        Process first = slow.redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            Eventually.becomes("the first one runs", () -> Files.readString(output), it -> it.contains("started"));
            ProcessOutput second = upgrade("production", image);
            assertThat(second.exitCode()).as(second.text()).isEqualTo(1);
            assertThat(second.text()).contains("deploy-running", "was not started");
            first.descendants().forEach(ProcessHandle::destroyForcibly);
            first.destroyForcibly().waitFor();
            assertThat(upgrade("production", image).exitCode()).isEqualTo(1);
            assertThat(upgrade("staging", image).exitCode()).as("another environment").isZero();
        } finally {
            first.destroyForcibly();
        }
    }

    @Test
    void a_failed_deploy_holds_up_no_other_one() throws Exception {
        ProcessOutput failed = agent("production", image("a"), "run", List.of("--gate"), List.of("false"));
        assertThat(failed.exitCode()).as(failed.text()).isEqualTo(1);
        assertThat(deploys("production").getFirst().exitCode()).isEqualTo(1);
        assertThat(upgrade("production", image("a", "b")).exitCode()).isZero();
    }

    @Test
    void an_override_from_opening_to_review() throws Exception {
        policy("freeze:\n  - {name: audit, zone: UTC, from: 2026-01-01 00:00, until: 2099-01-01 00:00}\n");
        Path image = image("a", "b");
        ProcessOutput frozen = gate("production", image);
        assertThat(frozen.exitCode()).as(frozen.text()).isEqualTo(1);
        assertThat(frozen.text()).contains("The freeze 'audit' lasts until 2099-01-01");

        GateOverride opened = override("", new GateOverride.Opening("checkout is down",
                Instant.now().plus(Duration.ofHours(1))), 201);
        ProcessOutput deployed = upgrade("production", image);
        assertThat(deployed.exitCode()).as(deployed.text()).isZero();
        assertThat(deployed.text()).contains("allowed by an override", "1 reason blocks");
        GateOverride closed = override("/" + opened.override() + "/close", null, 200);
        assertThat(closed.deploys()).containsExactly(deploys("production").getFirst().deploy());
        assertThat(gate("production", image).exitCode()).isEqualTo(1);
        assertThat(send("/overrides", new GateOverride.Opening("again", Instant.now().plusSeconds(60))).statusCode())
                .isEqualTo(409);
        override("/" + opened.override() + "/review", new GateOverride.Review("one table, as announced"), 200);
        override("", new GateOverride.Opening("again", Instant.now().plusSeconds(60)), 201);
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
        return ProcessOutput.of(program(environment, image, command, options, child));
    }

    private ProcessBuilder program(
            String environment, Path image, String command, List<String> options, List<String> child)
            throws IOException {
        List<String> line = new ArrayList<>(SampleProcess.command(layout.agentJar()));
        line.addAll(List.of(command, "--ledger", run.url(), "--project", run.project(), "--environment", environment));
        line.addAll(options);
        if (!child.isEmpty()) {
            line.add("--");
            line.addAll(child);
        }
        ProcessBuilder program = new ProcessBuilder(line).directory(image.toFile());
        program.environment().put("HOME", home.toString());
        program.environment().put("DATABASE_URL", run.databases().ownerUrl(
                environment.equals("prodution") ? "production" : environment));
        return program;
    }

    private RealAlembic alembic(Path image, String environment) throws IOException {
        return RealAlembic.in(image, Map.of("DATABASE_URL", run.databases().ownerUrl(environment)));
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

    private GateOverride override(String path, @Nullable Object body, int status) throws Exception {
        HttpResponse<byte[]> answer = send("/overrides" + path, body);
        assertThat(answer.statusCode()).isEqualTo(status);
        return ContractJson.read(answer.body(), GateOverride.class);
    }

    private HttpResponse<byte[]> send(String path, @Nullable Object body) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(run.url() + "/api/v1/projects/" + run.project()
                    + "/environments/production" + path))
                    .header("Content-Type", "application/json")
                    .POST(body == null
                            ? BodyPublishers.noBody()
                            : BodyPublishers.ofByteArray(ContractJson.write(body)))
                    .build(), BodyHandlers.ofByteArray());
        }
    }

    private List<DeployRecord> deploys(String environment) {
        return List.of(ContractJson.read(run.get("/environments/" + environment + "/deploys").orElseThrow(),
                DeployRecord[].class));
    }

    private List<Divergence> divergences() {
        return List.of(ContractJson.read(run.get("/divergences?environment=production").orElseThrow(),
                Divergence[].class));
    }

    /** The scripts of an image: a line of revisions, each the parent of the next. */
    private Path image(String... revisions) throws IOException {
        Path image = home.resolve("image-" + String.join("-", revisions) + "-" + UUID.randomUUID());
        Files.createDirectories(image.resolve("migrations/versions"));
        Files.writeString(image.resolve("alembic.ini"), "[alembic]\nscript_location = migrations\n");
        Files.writeString(image.resolve("migrations/env.py"), """
                import os

                from alembic import context
                from sqlalchemy import create_engine, pool

                with create_engine(os.environ["DATABASE_URL"], poolclass=pool.NullPool).connect() as connection:
                    context.configure(connection=connection)
                    with context.begin_transaction():
                        context.run_migrations()
                """);
        String parent = "None";
        for (String revision : revisions) {
            Files.writeString(image.resolve("migrations/versions/" + revision + ".py"), """
                    import sqlalchemy as sa
                    from alembic import op

                    revision = "%s"
                    down_revision = %s


                    def upgrade():
                        op.create_table("table_%s", sa.Column("id", sa.Integer()))


                    def downgrade():
                        op.drop_table("table_%s")
                    """.formatted(revision, parent, revision, revision));
            parent = "\"" + revision + "\"";
        }
        return image;
    }
}
