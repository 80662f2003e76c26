package dev.migrationledger.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.testsupport.alembic.Python;
import dev.migrationledger.testsupport.alembic.RealAlembic;
import dev.migrationledger.testsupport.machine.ProcessOutput;
import dev.migrationledger.testsupport.time.Eventually;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What teams have met in production and no single database could show: real Alembic, real agents, a real ledger that
 * finds it unasked.
 */
@ExtendWith(SharedLedger.class)
class IncidentsIT {

    @TempDir
    private Path folder;

    private SampleRun run;

    @BeforeEach
    void a_project(SampleLedger ledger) throws IOException {
        Python.withAlembic();
        run = SharedLedger.project(ledger, folder);
    }

    @AfterEach
    void the_agents_stop() {
        if (run != null) {
            run.close();
        }
    }

    /** As the agent is configured to call it. */
    private static String called(Path project, String command) {
        return " && alembic -c %s %s".formatted(project.resolve("alembic.ini"), command);
    }

    @Test
    void two_developers_went_on_from_one_revision() throws Exception {
        Path mine = project("mine", "knowledge");
        Path theirs = project("theirs", "knowledge", "knowledge-other");
        Files.delete(theirs.resolve("migrations/versions/003_knowledge_chunks.py"));
        Files.delete(theirs.resolve("migrations/versions/004_rename_knowledge_chunks_metadata.py"));
        alembic(mine, "staging", "upgrade", "003_knowledge_chunks");
        alembic(theirs, "production", "upgrade", "head");
        Path both = project("both", "knowledge", "knowledge-other");
        Files.delete(both.resolve("migrations/versions/004_rename_knowledge_chunks_metadata.py"));
        run.watch("staging", SampleRun.OFTEN, both.resolve("alembic.ini"));
        run.watch("production", SampleRun.OFTEN, both.resolve("alembic.ini"));

        Divergence heads = open("staging", DivergenceCode.MULTIPLE_HEADS, saying("003_knowledge_chunks",
                "003_other_feature", "002_rename_metadata"));
        assertThat(heads.plan().getFirst().command()).contains(called(both, "merge -m "));
        open("production", DivergenceCode.FORKED, saying("staging", "003_knowledge_chunks", "003_other_feature"));

        // What the plan says, by hand, for the scripts that both environments get.
        alembic(both, "staging", "merge", "-m", "both", "003_knowledge_chunks", "003_other_feature");
        alembic(both, "staging", "upgrade", "head");
        alembic(both, "production", "upgrade", "head");
        resolved("staging", DivergenceCode.MULTIPLE_HEADS);
        resolved("production", DivergenceCode.FORKED);
    }

    @Test
    void a_stale_image_brings_a_deleted_revision_back() throws Exception {
        Path git = project("git", "stale");
        Path image = project("image", "stale", "stale-image");
        run.databases().create("production");
        sql("production", "CREATE TABLE accounts (id SERIAL NOT NULL, name VARCHAR(100) NOT NULL, PRIMARY KEY (id))",
                "CREATE TABLE invoices (id SERIAL NOT NULL, account_id INTEGER NOT NULL, total NUMERIC(10, 2) NOT NULL,"
                        + " note TEXT, PRIMARY KEY (id), FOREIGN KEY(account_id) REFERENCES accounts (id))");
        run.watch("production", SampleRun.OFTEN, git.resolve("alembic.ini"));
        scan("production", "image:navbot:1.4", image);

        Divergence differ = open("production", DivergenceCode.SCRIPTS_DIFFER, saying("8bd76168eb7e",
                "image:navbot:1.4"));
        assertThat(differ.message()).doesNotContain("009_invoices,");
        open("production", DivergenceCode.VERSION_TABLE_MISSING,
                saying("010_invoice_notes").and(it -> it.plan().stream()
                        .allMatch(step -> String.valueOf(step.command())
                                .endsWith(called(git, "stamp 010_invoice_notes")))));
        assertThat(open("production").stream().filter(it -> it.code() == DivergenceCode.MULTIPLE_HEADS))
                .as("several heads are in the image only").allSatisfy(
                        heads -> assertThat(heads.message()).contains("image:navbot:1.4"));

        // The file that no source has any more is in the ledger.
        byte[] history = run.get("/history/8bd76168eb7e").orElseThrow();
        assertThat(new String(history, StandardCharsets.UTF_8)).contains("image:navbot:1.4", "009_invoices");

        // The image is built again, and the database is stamped.
        Files.delete(image.resolve("migrations/versions/8bd76168eb7e_experiment.py"));
        scan("production", "image:navbot:1.4", image);
        alembic(git, "production", "stamp", "010_invoice_notes");
        resolved("production", DivergenceCode.SCRIPTS_DIFFER);
        resolved("production", DivergenceCode.VERSION_TABLE_MISSING);
        assertThat(open("production")).isEmpty();
    }

    @Test
    void a_hotfix_gives_a_revision_another_parent_and_a_row_is_inserted_by_hand() throws Exception {
        Path project = project("missions", "missions");
        alembic(project, "staging", "upgrade", "b8c9d4e5f6a7");
        alembic(project, "production", "upgrade", "update_mission_icon_size");
        run.capture("production", project.resolve("alembic.ini"));
        for (String environment : SampleRun.ENVIRONMENTS) {
            run.watch(environment, SampleRun.OFTEN, project.resolve("alembic.ini"));
            open(environment, DivergenceCode.MULTIPLE_HEADS, any -> true);
        }

        Path hotfixed = project.resolve("migrations/versions/b8c9d4e5f6a7_leaderboard_rewards.py");
        Files.writeString(hotfixed, Files.readString(hotfixed).replace("down_revision = \"79fa342a014c\"",
                "down_revision = \"update_mission_icon_size\""));
        sql("production", "INSERT INTO alembic_version VALUES ('b8c9d4e5f6a7')");

        open("staging", DivergenceCode.LINEAGE_REWRITTEN, saying("b8c9d4e5f6a7", "79fa342a014c",
                "'update_mission_icon_size' counts as applied, although no agent observed that it ran"));
        open("staging", DivergenceCode.SCHEMA_HOLE, saying("update_mission_icon_size"));
        // Until the edited file is read, the right row is undecided.
        open("production", DivergenceCode.OVERLAPPING_REVISIONS, it -> it.plan().stream().map(PlanStep::command)
                .anyMatch(command -> String.valueOf(command)
                        .endsWith(called(project, "stamp --purge update_mission_icon_size"))));
        open("production", DivergenceCode.UNATTRIBUTED_CHANGE, saying("INSERT INTO alembic_version VALUES",
                "via psql from 127.0.0.1"));

        alembic(project, "production", "stamp", "--purge", "update_mission_icon_size");
        alembic(project, "production", "upgrade", "head");
        resolved("production", DivergenceCode.OVERLAPPING_REVISIONS);
        sql("staging", alembic(project, "staging", "upgrade", "79fa342a014c:update_mission_icon_size", "--sql")
                .lines().filter(line -> !line.startsWith("INFO")).reduce("", (one, other) -> one + other + "\n"));
        resolved("staging", DivergenceCode.SCHEMA_HOLE);
    }

    /** A project of its own with these scripts of the incidents. */
    private Path project(String name, String... scripts) throws IOException {
        Path project = folder.resolve(name);
        Path versions = project.resolve("migrations/versions");
        Files.createDirectories(versions);
        Path incidents = SampleLayout.here().root().resolve("migration-agent/src/test/resources/incidents");
        for (String each : scripts) {
            try (Stream<Path> files = Files.list(incidents.resolve(each).resolve("versions"))) {
                for (Path file : files.filter(it -> it.toString().endsWith(".py")).toList()) {
                    Files.copy(file, versions.resolve(file.getFileName()));
                }
            }
        }
        Files.writeString(project.resolve("alembic.ini"), "[alembic]\nscript_location = %(here)s/migrations\n");
        for (String file : List.of("env.py", "script.py.mako")) {
            Files.copy(SampleLayout.here().project().resolve("migrations").resolve(file),
                    project.resolve("migrations").resolve(file));
        }
        return project;
    }

    private String alembic(Path project, String environment, String... arguments) throws Exception {
        run.databases().create(environment);
        return RealAlembic.in(project, Map.of("DATABASE_URL", run.databases().ownerUrl(environment))).run(arguments);
    }

    private void sql(String environment, String... statements) throws IOException, SQLException {
        try (Connection connection = DriverManager.getConnection(
                "jdbc:" + run.databases().ownerUrl(environment).replaceFirst("//.*@", "//") + "?ApplicationName=psql",
                run.databases().user(), run.databases().password());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Publishes scripts as a pipeline does. */
    private void scan(String environment, String source, Path project) throws Exception {
        List<String> command = new ArrayList<>(SampleProcess.command(SampleLayout.here().agentJar()));
        command.addAll(List.of("scan", "--ledger", run.url(), "--project", run.project(), "--environment",
                environment, "--source", source, "--config", project.resolve("alembic.ini").toString(),
                "--spool", folder.resolve("pipeline").toString()));
        ProcessOutput scan = ProcessOutput.of(command);
        // Findings of the scripts are no failure to deliver.
        assertThat(scan.exitCode()).as(scan.text()).isBetween(0, 1);
    }

    private List<Divergence> open(String environment) {
        return List.of(
                ContractJson.read(run.get("/divergences?state=open&environment=" + environment)
                        .orElse("[]".getBytes(StandardCharsets.UTF_8)), Divergence[].class));
    }

    /** The next poll may report more than the first one. */
    private static Predicate<Divergence> saying(String... texts) {
        return it -> Stream.of(texts).allMatch((it.message() + it.evidence())::contains);
    }

    private Divergence open(String environment, DivergenceCode code, Predicate<Divergence> says) throws Exception {
        Predicate<Divergence> sought = divergence -> divergence.code() == code && says.test(divergence);
        return Eventually.becomes("%s opens in %s".formatted(code, environment), () -> open(environment),
                open -> open.stream().anyMatch(sought)).stream().filter(sought).findFirst().orElseThrow();
    }

    private void resolved(String environment, DivergenceCode code) throws Exception {
        Eventually.becomes("%s is resolved in %s".formatted(code, environment), () -> open(environment),
                open -> open.stream().noneMatch(it -> it.code() == code));
    }
}
