package dev.migrationledger.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.event.Attribution;
import dev.migrationledger.contracts.history.ProjectHistory;
import dev.migrationledger.contracts.history.RevisionHistory;
import dev.migrationledger.contracts.history.RevisionVariant;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.testsupport.machine.ProcessOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The sample as a newcomer sees it: both executable jars, no Python. */
@ExtendWith(SharedLedger.class)
class SampleIT {

    @TempDir
    private Path folder;

    private final SampleLayout layout = SampleLayout.here();
    private SampleRun run;

    @BeforeEach
    void a_project(SampleLedger ledger) throws Exception {
        run = SharedLedger.project(ledger, folder);
        for (String environment : SampleRun.ENVIRONMENTS) {
            run.databases().create(environment);
        }
    }

    @AfterEach
    void the_agents_stop() {
        run.close();
    }

    @Test
    void staging_and_production_are_compared_before_and_after_an_upgrade() throws Exception {
        database("staging").upgrade("004_rename_chunks_metadata");
        database("production").upgrade("002_rename_metadata");
        for (String environment : SampleRun.ENVIRONMENTS) {
            run.awaitReport(run.watch(environment, SampleRun.OFTEN), environment);
        }

        ProcessOutput different = compare();
        assertThat(different.exitCode()).as(different.text()).isEqualTo(1);
        assertThat(different.text()).contains("staging", "production", "003_knowledge_chunks", "002_rename_metadata");

        database("production").upgrade("004_rename_chunks_metadata");
        run.awaitRows("production", "004_rename_chunks_metadata");

        ProcessOutput equal = compare();
        assertThat(equal.exitCode()).as(equal.text()).isZero();
    }

    @Test
    void a_stamp_is_distinguished_from_a_migration() throws Exception {
        database("production").upgrade("002_rename_metadata");
        run.awaitReport(run.watch("production", SampleRun.OFTEN), "production");

        database("production").stamp("004_rename_chunks_metadata");

        assertThat(run.awaitRows("production", "004_rename_chunks_metadata").revisions())
                .filteredOn(status -> status.kind() == RevisionStatus.Kind.STAMPED)
                .extracting(RevisionStatus::revision)
                .containsExactly("004_rename_chunks_metadata");
    }

    @Test
    void with_capture_each_step_is_seen_and_so_is_who_made_it() throws Exception {
        run.capture("production");
        run.watch("production", SampleRun.OFTEN);

        database("production").upgrade("003_other_feature");

        assertThat(run.awaitRows("production", "003_other_feature").revisions())
                .allSatisfy(status -> assertThat(status.inferred()).isFalse())
                .extracting(RevisionStatus::revision, RevisionStatus::kind, SampleIT::program)
                .containsExactly(
                        tuple("001_initial", RevisionStatus.Kind.APPLIED, "navbot"),
                        tuple("002_rename_metadata", RevisionStatus.Kind.APPLIED, "navbot"),
                        tuple("003_other_feature", RevisionStatus.Kind.APPLIED, "navbot"));

        database("production").insertByHand("004_rename_chunks_metadata");

        RevisionStatus byHand = run.awaitRows("production", "003_other_feature", "004_rename_chunks_metadata")
                .revisions()
                .getLast();
        assertThat(byHand.kind()).isEqualTo(RevisionStatus.Kind.STAMPED);
        assertThat(attribution(byHand).statement())
                .isEqualTo("insert into alembic_version values ('004_rename_chunks_metadata')");
    }

    @Test
    void every_file_of_a_source_is_kept_byte_for_byte() throws Exception {
        database("staging").upgrade("002_rename_metadata");
        run.awaitReport(run.watch("staging", SampleRun.OFTEN), "staging");

        ProjectHistory history = ContractJson.read(
                run.get("/history").orElseThrow(), ProjectHistory.class);
        assertThat(history.revisions()).extracting(RevisionHistory::revision).contains("001_initial");
        RevisionVariant initial = history.variants("001_initial").getFirst();
        assertThat(initial.fileStored()).isTrue();
        byte[] file = run.get("/files/" + initial.declared().digest())
                .orElseThrow();
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file)))
                .isEqualTo(initial.declared().digest());
    }

    @Test
    void both_programs_say_the_same_version(SampleLedger ledger) throws Exception {
        List<String> command = new ArrayList<>(SampleProcess.command(layout.agentJar()));
        command.add("--version");
        String said = ProcessOutput.of(command).text().strip().split(" ", 2)[1];

        // A release adds the commit.
        Matcher version = Pattern.compile("(\\d+\\.\\d+\\.\\d+(?:-\\S+)?)(?: \\((\\p{XDigit}{12})\\))?").matcher(said);
        assertThat(version.matches()).as(said).isTrue();
        String info = new String(ledger.get("/actuator/info").orElseThrow(), StandardCharsets.UTF_8);
        assertThat(info).contains("\"version\":\"" + version.group(1) + "\"");
        if (version.group(2) != null) {
            assertThat(info).contains(version.group(2));
        }
    }

    private static String program(RevisionStatus status) {
        return Objects.requireNonNull(Objects.requireNonNull(attribution(status).actor()).applicationName());
    }

    private static Attribution attribution(RevisionStatus status) {
        return Objects.requireNonNull(Objects.requireNonNull(status.evidence()).attribution());
    }

    private SampleDatabase database(String name) throws IOException {
        return run.databases().database(name, layout.steps());
    }

    private ProcessOutput compare() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(SampleProcess.command(layout.agentJar()));
        command.addAll(List.of(
                "compare", "--ledger", run.url(), "--project", run.project(), "staging", "production"));
        return ProcessOutput.of(command);
    }
}
