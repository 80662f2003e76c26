package dev.migrationledger.sample;

import static dev.migrationledger.contracts.environment.RevisionStatus.Kind.APPLIED;
import static dev.migrationledger.contracts.environment.RevisionStatus.Kind.IMPLIED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.migrationledger.contracts.environment.Comparison;
import dev.migrationledger.contracts.environment.EnvironmentReport;
import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.testsupport.alembic.Python;
import dev.migrationledger.testsupport.alembic.RealAlembic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Real Alembic changes real databases while the real agent watches and the real ledger is asked. */
@ExtendWith(SharedLedger.class)
class AlembicStoryIT {

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

    @Test
    void what_alembic_does_to_a_database_is_what_the_ledger_reports() throws Exception {
        RealAlembic staging = database("staging");
        SampleProcess agent = run.watch("staging", SampleRun.OFTEN);
        run.awaitReport("staging", report -> state(report) == VersionTable.State.MISSING);

        staging.run("upgrade", "001_initial");
        assertThat(statuses(run.awaitRows("staging", "001_initial")))
                .containsExactly(Map.entry("001_initial", "APPLIED"));

        staging.run("upgrade", "004_rename_chunks_metadata");
        assertThat(statuses(run.awaitRows("staging", "004_rename_chunks_metadata"))).containsExactly(
                Map.entry("001_initial", "APPLIED"),
                Map.entry("002_rename_metadata", "APPLIED inferred"),
                Map.entry("003_knowledge_chunks", "APPLIED inferred"),
                Map.entry("004_rename_chunks_metadata", "APPLIED"));

        staging.run("downgrade", "003_knowledge_chunks");
        assertThat(statuses(run.awaitRows("staging", "003_knowledge_chunks")))
                .doesNotContainKey("004_rename_chunks_metadata");

        staging.run("downgrade", "002_rename_metadata");
        assertThat(statuses(run.awaitRows("staging", "002_rename_metadata")))
                .containsOnlyKeys("001_initial", "002_rename_metadata");

        staging.run("stamp", "003_other_feature");
        assertThat(statuses(run.awaitRows("staging", "003_other_feature")))
                .containsEntry("003_other_feature", "STAMPED")
                .containsEntry("001_initial", "APPLIED");

        agent.kill();
        staging.run("stamp", "002_rename_metadata");
        staging.run("upgrade", "003_other_feature");
        staging.run("upgrade", "heads");
        run.watch("staging", SampleRun.OFTEN);
        assertThat(statuses(run.awaitRows("staging", "003_other_feature", "004_rename_chunks_metadata")))
                .containsEntry("004_rename_chunks_metadata", "APPLIED")
                .containsEntry("003_knowledge_chunks", "APPLIED inferred");

        staging.run("downgrade", "base");
        EnvironmentReport empty = run.awaitReport("staging", report -> state(report) == VersionTable.State.EMPTY);
        assertThat(empty.revisions()).isEmpty();
        assertThat(empty.heads()).containsExactlyInAnyOrder("003_other_feature", "004_rename_chunks_metadata");
    }

    @Test
    void a_stamp_of_an_untouched_database_is_never_taken_for_a_migration() throws Exception {
        RealAlembic production = database("production");
        run.watch("production", SampleRun.OFTEN);
        run.awaitReport("production", report -> state(report) == VersionTable.State.MISSING);

        production.run("stamp", "002_rename_metadata");

        assertThat(statuses(run.awaitRows("production", "002_rename_metadata"))).containsExactly(
                Map.entry("001_initial", "IMPLIED"), Map.entry("002_rename_metadata", "STAMPED"));
    }

    @Test
    void two_databases_that_took_different_branches_are_forked() throws Exception {
        database("staging").run("upgrade", "004_rename_chunks_metadata");
        database("production").run("upgrade", "003_other_feature");
        run.watch("staging", SampleRun.OFTEN);
        run.watch("production", SampleRun.OFTEN);
        run.awaitRows("staging", "004_rename_chunks_metadata");
        run.awaitRows("production", "003_other_feature");

        Comparison comparison = ContractJson.read(
                run.get("/compare?left=staging&right=production").orElseThrow(),
                Comparison.class);

        assertThat(comparison.relation()).isEqualTo(Comparison.Relation.FORKED);
        assertThat(comparison.mergeBase()).containsExactly("002_rename_metadata");
        assertThat(comparison.onlyLeft()).extracting(RevisionStatus::revision, RevisionStatus::kind).containsExactly(
                tuple("003_knowledge_chunks", IMPLIED),
                tuple("004_rename_chunks_metadata", APPLIED));
        assertThat(comparison.onlyRight()).extracting(RevisionStatus::revision).containsExactly("003_other_feature");
        assertThat(comparison.both())
                .extracting(both -> both.left().revision(), both -> both.left().kind(), both -> both.right().kind())
                .containsExactly(
                        tuple("001_initial", IMPLIED, IMPLIED), tuple("002_rename_metadata", IMPLIED, IMPLIED));
    }

    private RealAlembic database(String name) throws Exception {
        run.databases().create(name);
        return RealAlembic.in(SampleLayout.here().project(), Map.of("DATABASE_URL", run.databases().ownerUrl(name)));
    }

    private static VersionTable.@Nullable State state(EnvironmentReport report) {
        VersionTable table = report.versionTable();
        return table == null ? null : table.state();
    }

    private static Map<String, String> statuses(EnvironmentReport report) {
        return report.revisions().stream().collect(Collectors.toMap(
                RevisionStatus::revision,
                status -> status.kind() + (status.inferred() ? " inferred" : ""),
                (one, other) -> one,
                LinkedHashMap::new));
    }
}
