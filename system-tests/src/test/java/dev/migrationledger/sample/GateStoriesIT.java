package dev.migrationledger.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.gate.DeployRecord;
import dev.migrationledger.contracts.gate.GateAnswer.Decision;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.testsupport.time.Eventually;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Stories about the gate, as people see them: both executable jars, real Alembic, golden transcripts. */
@Order(4)
@ExtendWith(SharedLedger.class)
class GateStoriesIT {

    @TempDir
    private Path home;

    private DeployProject project;

    @BeforeEach
    void two_environments(SampleLedger ledger) throws Exception {
        project = DeployProject.create(ledger, home);
    }

    @Test
    void a_stale_database_then_a_rollback_image() throws Exception {
        Transcript story = new Transcript(project,
                "A database that is behind its image, and an image that is behind its database");
        Path next = project.image("a", "b");
        story.note("The new image needs revision b, and production has a.");
        story.type("production", next, "migration-agent gate --start", 1);
        story.type("production", next, "migration-agent run --gate $HERE -- alembic upgrade head", 0);
        story.type("production", next, "migration-agent gate --start", 0);
        story.note("The code is rolled back to the image before. It does not know revision b.");
        Path before = project.image("a");
        story.type("production", before, "migration-agent gate --start", 1);
        story.type("production", before, "migration-agent gate $HERE", 1);
        story.type("production", before, "migration-agent gate --start --allow-ahead b", 0);
        story.compare("start");
    }

    @Test
    void production_takes_what_staging_has_had_for_its_time() throws Exception {
        Transcript story = new Transcript(project, "Production takes what staging has had for its time");
        Path image = project.image("a", "b");
        Files.writeString(image.resolve("policy.yaml"), """
                promotion:
                  - to: {labels: {tier: production}}
                    from: {labels: {tier: staging}}
                    for: 2 seconds
                """);
        story.type("production", image, "migration-agent policy apply policy.yaml $PROJECT", 1);
        story.note("Corrected");
        Files.writeString(image.resolve("policy.yaml"), """
                promotion:
                  - to: {labels: {tier: production}}
                    from: {labels: {tier: staging}}
                    for: 2s
                """);
        story.type("production", image, "migration-agent policy dry-run policy.yaml $PROJECT", 0);
        story.type("production", image, "migration-agent policy apply policy.yaml $PROJECT", 0);
        story.type("production", image, "migration-agent policy show $PROJECT", 0);
        story.type("production", image, "migration-agent run --gate $HERE -- alembic upgrade head", 1);
        story.note("Staging first");
        story.type("staging", image, "migration-agent run --gate $HERE -- alembic upgrade head", 0);
        Thread.sleep(2_500);
        story.note("Two seconds later. No agent watches staging, so someone has to look at it again.");
        story.type("production", image, "migration-agent gate $HERE", 1);
        story.type("staging", image, "migration-agent observe $HERE --label tier=staging >seen.txt 2>&1", 0);
        story.type("production", image, "migration-agent run --gate $HERE -- alembic upgrade head", 0);
        story.note("What would these deploys have got if production also needed an approval?");
        Files.writeString(image.resolve("strict.yaml"), Files.readString(image.resolve("policy.yaml"))
                + "approvals:\n  - {where: {labels: {tier: production}}, count: 1}\n");
        story.type("production", image, "migration-agent policy dry-run strict.yaml --days 1 $PROJECT", 1);
        assertThat(project.deploys("production")).extracting(DeployRecord::decision).containsExactly(Decision.ALLOWED,
                Decision.BLOCKED, Decision.BLOCKED);
        story.compare("promotion");
    }

    @Test
    void a_baseline_lets_a_clean_deploy_pass_and_blocks_a_new_fault() throws Exception {
        Path image = project.image("a", "b");
        project.sql("production", "DROP TABLE table_a");
        Transcript story = new Transcript(project, "A baseline on a production that is broken already");
        story.note("Someone dropped table_a by hand, long ago.");
        story.type("production", image, "migration-agent gate $HERE", 1);
        story.type("production", image,
                "migration-agent observe $HERE --label tier=production >seen.txt 2>&1", 0);
        Eventually.becomes("both findings are open",
                () -> List.of(ContractJson.read(project.run().get("/divergences?environment=production").orElseThrow(),
                        Divergence[].class)),
                found -> found.size() == 2);
        story.type("production", image, "migration-agent policy baseline accept $HERE --owner ann --until 30d"
                + " --reason 'repaired with release 42'", 0);
        story.type("production", image, "migration-agent run --gate $HERE -- alembic upgrade head", 0);
        story.note("Now table_b is gone, too.");
        project.sql("production", "DROP TABLE table_b");
        story.type("production", image, "migration-agent gate $HERE --only-new", 1);
        story.compare("baseline");
    }

    @Test
    void the_lines_of_the_readme_block_a_deploy_and_let_the_next_one_run() throws Exception {
        Path image = project.image("a", "b");
        Files.writeString(image.resolve("policy.yaml"), """
                promotion:
                  - to: {labels: {tier: prod}}
                    from: {labels: {tier: staging}}
                    for: 24h
                """);
        assertThat(readme(image)).containsExactly(0, 0, 1, 1);
        assertThat(project.deploys("production")).extracting(DeployRecord::decision).containsOnly(Decision.BLOCKED);

        Files.writeString(image.resolve("policy.yaml"),
                "findings:\n  - {codes: all, where: {labels: {tier: dev}}, mode: audit}\n");
        assertThat(readme(image)).containsExactly(0, 0, 0, 0);
        DeployRecord last = project.deploys("production").getFirst();
        assertThat(last.decision()).isEqualTo(Decision.ALLOWED);
        assertThat(last.asked().pending()).containsExactly("b");
        assertThat(last.exitCode()).isZero();
    }

    /** Types the lines below "Block a deploy" with the address and the project of this test. Their exit codes. */
    private List<Integer> readme(Path image) throws Exception {
        String readme = Files.readString(SampleLayout.here().root().resolve("README.md"));
        Matcher lines = Pattern.compile("### Block a deploy\\s+```\\s(.*?)```", Pattern.DOTALL).matcher(readme);
        assertThat(lines.find()).isTrue();
        List<String> typed = lines.group(1).lines().toList();
        assertThat(typed).hasSize(5).first().isEqualTo("LEDGER=\"--ledger http://127.0.0.1:8080 --project shop\"");
        Transcript story = new Transcript(project, "Block a deploy");
        List<Integer> codes = new ArrayList<>();
        for (String line : typed.subList(1, 5)) {
            codes.add(story.exitCode("production", image, line.replace("$LEDGER", "$PROJECT")));
        }
        return codes;
    }

    @Test
    void an_override_from_opening_to_review() throws Exception {
        Path image = project.image("a", "b");
        Files.writeString(image.resolve("policy.yaml"),
                "freeze:\n  - {name: audit, zone: UTC, from: 2026-01-01 00:00, until: 2099-01-01 00:00}\n");
        Transcript story = new Transcript(project, "An override from opening to review");
        story.type("production", image, "migration-agent policy apply policy.yaml $PROJECT", 0);
        story.type("production", image, "migration-agent gate $HERE", 1);
        story.type("production", image, "migration-agent override open $HERE --reason 'checkout is down' --until 2h",
                0);
        story.type("production", image, "migration-agent run --gate $HERE -- alembic upgrade head", 0);
        story.type("production", image, "migration-agent override list $HERE", 1);
        story.type("production", image, "migration-agent override review $HERE --remark 'one table, as announced'", 1);
        story.type("production", image, "migration-agent override close $HERE", 0);
        story.type("production", image, "migration-agent gate $HERE", 1);
        story.type("production", image, "migration-agent override open $HERE --reason again --until 2h", 1);
        story.type("production", image, "migration-agent override review $HERE --remark 'one table, as announced'", 0);
        story.type("production", image, "migration-agent override list $HERE", 0);
        an_auditor_takes_it_along(story, image);
        story.compare("override");
    }

    private void an_auditor_takes_it_along(Transcript story, Path image) throws Exception {
        String query = "kind:override project:" + project.run().project();
        // The audit and the evidence log follow what is recorded.
        Eventually.becomes("three entries and the manifest", () -> project.run().ledger()
                .get("/api/v1/audit/export?q=" + query.replace(' ', '+'))
                .map(file -> new String(file, StandardCharsets.UTF_8).lines().count()).orElse(0L), it -> it == 4);
        Files.write(image.resolve("key"), project.run().ledger().get("/api/v1/log/key").orElseThrow());
        story.note("An auditor takes all of it along, and verifies it without the ledger.");
        story.type("production", image, "migration-agent audit --export csv " + query
                + " --ledger $LEDGER | cut -d, -f5,6,8", 0);
        story.type("production", image, "migration-agent audit --export ndjson " + query
                + " --ledger $LEDGER >audit.ndjson", 0);
        story.type("production", image,
                "migration-agent audit verify audit.ndjson --key \"$(cat key)\" | grep audit.ndjson", 0);
        story.note("The reason is made to sound better.");
        story.type("production", image, "sed 's/checkout is down/checkout is slow/g' audit.ndjson >changed.ndjson", 0);
        story.type("production", image,
                "migration-agent audit verify changed.ndjson --key \"$(cat key)\" | grep changed.ndjson", 1);
    }
}
