package dev.migrationledger.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.migrationledger.contracts.environment.EnvironmentReport;
import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.gate.DeployRecord;
import dev.migrationledger.contracts.gate.GateAnswer.Decision;
import dev.migrationledger.sample.TraceCollector.CollectedSpan;
import dev.migrationledger.testsupport.machine.ProcessOutput;
import dev.migrationledger.testsupport.time.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The ledger is killed while agents and deploys use it. So these tests have one of their own, which they use in turn. */
@Order(1)
@Execution(ExecutionMode.SAME_THREAD)
class LedgerKilledIT {

    @TempDir
    private static Path work;

    private static SampleLedger ledger;

    private static TraceCollector collector;

    @TempDir
    private Path home;

    @BeforeAll
    static void a_ledger() throws Exception {
        collector = TraceCollector.start();
        ledger = SampleLedger.start(SampleLayout.here().workingIn(work), 0,
                List.of("--otel.exporter.otlp.endpoint=" + collector.url()));
    }

    @AfterAll
    static void it_stops() {
        ledger.close();
        collector.close();
    }

    @Test
    void one_trace_leads_from_the_poll_to_the_views_and_what_follows() throws Exception {
        DeployProject project = DeployProject.create(ledger, home);
        Path image = project.image("a", "b");
        project.alembic(image, "production").run("upgrade", "head");
        ProcessBuilder observe = project.program("production", image, "observe", List.of(), List.of());
        observe.environment().put("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url());
        ProcessOutput observed = ProcessOutput.of(observe);
        assertThat(observed.exitCode()).as(observed.text()).isZero();
        assertThat(Objects.requireNonNull(project.run().report("production").orElseThrow().versionTable()).rows())
                .containsExactly("b");

        CollectedSpan poll = span(project, "", "poll");
        CollectedSpan delivery = span(project, poll.id(), "deliver events");
        CollectedSpan recording = span(project, delivery.id(), "record events");
        CollectedSpan views = span(project, recording.id(), "update views");
        CollectedSpan evaluation = span(project, recording.id(), "evaluate-divergences");

        List<CollectedSpan> all = List.of(poll, delivery, recording, views, evaluation);
        assertThat(all).extracting(CollectedSpan::service)
                .containsExactly("migration-agent", "migration-agent", "ledger-service", "ledger-service",
                        "ledger-service");
        assertThat(all).extracting(CollectedSpan::trace).containsOnly(poll.trace());
        assertThat(delivery.attributes()).containsEntry("migration_ledger.outcome", "received");
        assertThat(recording.attributes()).containsEntry("migration_ledger.outcome", "accepted")
                .containsEntry("migration_ledger.project", project.run().project())
                .containsEntry("migration_ledger.environment", "production");
        assertThat(all).allSatisfy(span -> assertThat(span.attributes().keySet()).isSubsetOf("migration_ledger.project",
                "migration_ledger.environment", "migration_ledger.events", "migration_ledger.first_sequence",
                "migration_ledger.outcome"));
    }

    /** The span of the project's environment with this parent and name. The ledger sends every few seconds. */
    private static CollectedSpan span(DeployProject project, String parent, String name) throws Exception {
        return Eventually.becomes("the collector has the span '" + name + "'",
                () -> collector.spans().stream().filter(it -> it.name().equals(name) && it.parent().equals(parent)
                        && (!parent.isEmpty()
                                || project.run().project().equals(it.attributes().get("migration_ledger.project"))))
                        .findFirst(),
                Optional::isPresent).orElseThrow();
    }

    @Test
    void a_ledger_that_is_killed_after_its_answer_loses_and_doubles_nothing() throws Exception {
        DeployProject project = DeployProject.create(ledger, home);
        Path image = project.image("a", "b");
        Path output = home.resolve("output");
        String command = "touch started; while [ ! -e go ]; do sleep 0.1; done; alembic upgrade head";
        Process run = project.program("production", image, "run", List.of("--gate"), List.of("sh", "-c", command))
                .redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            Eventually.becomes("the command runs", () -> Files.exists(image.resolve("started")), it -> it);
            ledger.kill();
            Files.createFile(image.resolve("go"));
            ledger.restart();
            assertThat(run.waitFor()).as(Files.readString(output)).isZero();
        } finally {
            run.destroyForcibly();
        }
        assertThat(project.deploys("production")).singleElement().satisfies(deploy -> {
            assertThat(deploy.decision()).isEqualTo(Decision.ALLOWED);
            assertThat(deploy.asked().pending()).containsExactly("b");
        });
        // What the run could not deliver, the next one does, or the one after that: none waits long for a ledger.
        Eventually.becomes("the ledger has what the run did", () -> {
            ProcessOutput next = project.agent("production", image, "run", List.of(), List.of("true"));
            assertThat(next.exitCode()).as(next.text()).isZero();
            return Objects.requireNonNull(project.run().report("production").orElseThrow().versionTable()).rows();
        }, rows -> rows.equals(List.of("b")));
    }

    @Test
    void while_the_ledger_is_away_the_agent_decides_and_reports_it_later() throws Exception {
        DeployProject project = DeployProject.create(ledger, home);
        Path image = project.image("a", "b");
        Transcript story = new Transcript(project, "A deploy while the ledger is away");
        Files.writeString(image.resolve("policy.yaml"), """
                approvals:
                  - {where: {labels: {tier: staging}}, count: 1}
                """);
        story.type("production", image, "migration-agent policy apply policy.yaml $PROJECT >seen.txt", 0);
        story.type("production", image, "migration-agent gate $HERE >seen.txt", 0);
        story.type("staging", image, "migration-agent gate $HERE >seen.txt", 1);
        story.note("The ledger is killed. Both policies are on this machine.");
        ledger.kill();
        story.type("production", image, "migration-agent run --gate $HERE -- alembic upgrade head 2>&1"
                + " | grep -v -e alembic.runtime -e 'does not accept events'", 0);
        story.type("staging", image, "migration-agent gate $HERE", 1);
        project.sql("production", "DROP TABLE table_a");
        story.type("production", image, "migration-agent gate $HERE", 1);
        ledger.restart();
        story.note("The ledger is back.");
        story.type("staging", image, "migration-agent gate $HERE", 1);
        story.type("production", image, "migration-agent gate $HERE >seen.txt 2>&1", 1);
        story.compare("ledger-away");
        assertThat(project.deploys("production")).extracting(DeployRecord::decision, it -> it.policyAt() != null)
                .containsExactly(tuple(Decision.BLOCKED, false), tuple(Decision.BLOCKED, true),
                        tuple(Decision.ALLOWED, true), tuple(Decision.ALLOWED, false));
    }

    @Test
    void a_ledger_that_is_killed_while_it_is_asked_loses_and_doubles_nothing() throws Exception {
        DeployProject project = DeployProject.create(ledger, home);
        Path image = project.image("a", "b");
        Transcript story = new Transcript(project, "A ledger that is killed while a deploy asks it");
        story.type("production", image, "migration-agent gate $HERE >seen.txt", 0);
        story.note("The ledger has the question, and is killed before it answers.");
        ledger.freeze();
        try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> asked = other.submit(() -> story.type("production", image, "migration-agent gate $HERE", 0));
            Eventually.holds("the ledger has the question", () -> ledger.asked() > 0);
            ledger.kill();
            asked.get();
        }
        ledger.restart();
        story.note("It is back, and is killed after it has answered: the command has not started yet.");
        try (LedgerProxy proxy = LedgerProxy.start(project.run().url(), new LedgerProxy.Interference() {
            @Override
            public void answered(String path, int status) throws InterruptedException {
                if (path.endsWith("/gate") && status == 200) {
                    ledger.kill();
                }
            }
        })) {
            story.through(proxy.url());
            story.type("production", image, "migration-agent run --gate $HERE -- alembic upgrade head 2>&1"
                    + " | grep -v -e alembic.runtime -e 'does not accept events'", 0);
        }
        ledger.restart();
        story.note("It is back.");
        story.through(project.run().url());
        story.type("production", image, "migration-agent observe $HERE >seen.txt 2>&1", 0);
        // Whether the deploy still counts as running depends on how long the restart took.
        story.type("production", image, "(migration-agent gate $HERE || true) 2>&1 | grep reported", 0);
        story.compare("ledger-killed");
        assertThat(project.deploys("production"))
                .extracting(it -> it.policyAt() != null, it -> it.asked().pending())
                .containsExactly(tuple(false, List.of()), tuple(false, List.of("b")), tuple(true, List.of("b")),
                        tuple(false, List.of("b")));
        assertThat(project.deploys("production")).elements(1, 2, 3).extracting(DeployRecord::decision)
                .containsOnly(Decision.ALLOWED);
        EnvironmentReport report = project.run().report("production").orElseThrow();
        assertThat(report.revisions()).extracting(RevisionStatus::revision, RevisionStatus::kind)
                .containsExactly(tuple("a", RevisionStatus.Kind.APPLIED), tuple("b", RevisionStatus.Kind.APPLIED));
        assertThat(project.run().databases().recorded(project.run().project() + "/production"))
                .as("every event once").isEqualTo(report.agents().stream().mapToLong(it -> it.lastSequence()).sum());
    }

    @Test
    void nothing_is_lost_or_recorded_twice_when_agent_and_ledger_are_killed() throws Exception {
        try (SampleRun run = SharedLedger.project(ledger, home)) {
            run.databases().create("staging");
            SampleDatabase staging = run.databases().database("staging", SampleLayout.here().steps());
            staging.upgrade("001_initial");
            SampleProcess agent = run.watch("staging", SampleRun.OFTEN);
            run.awaitReport(agent, "staging");

            ledger.kill();
            staging.upgrade("002_rename_metadata");
            Thread.sleep(SampleRun.OFTEN.multipliedBy(4));
            agent.kill();
            staging.upgrade("003_knowledge_chunks");
            ledger.restart();
            run.watch("staging", SampleRun.OFTEN);

            EnvironmentReport report = run.awaitRows("staging", "003_knowledge_chunks");
            assertThat(report.revisions()).extracting(RevisionStatus::revision)
                    .containsExactly("001_initial", "002_rename_metadata", "003_knowledge_chunks");
            assertThat(report.revisions()).extracting(RevisionStatus::kind).containsOnly(RevisionStatus.Kind.APPLIED);
            assertThat(report.agents()).hasSize(1);
            assertThat(run.databases().recorded(run.project() + "/staging"))
                    .as("every event of the agent once")
                    .isEqualTo(report.agents().getFirst().lastSequence());
        }
    }
}
