package dev.migrationledger.agent.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.database.DatabaseUrl;
import dev.migrationledger.agent.database.Databases;
import dev.migrationledger.agent.database.SchemaScope;
import dev.migrationledger.agent.database.VersionTableName;
import dev.migrationledger.agent.database.option.VersionTableChoice;
import dev.migrationledger.agent.tool.MigrationTools;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.testsupport.postgresql.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundsTest {

    private static final VersionTableChoice TABLE = VersionTableChoice.of(
            new VersionTableName(null, MigrationTools.usualVersionTable()));

    @TempDir
    Path scripts;

    private final Rounds rounds = new Rounds();
    private final List<String> shown = new ArrayList<>();
    private int roundsShown;

    /** Each round is followed by the next step of the story, until there is none. */
    private int follow(Examiner examiner, List<Runnable> story) throws InterruptedException {
        return rounds.run(examiner, Duration.ofMillis(1), (examination, diagnosis, report, changed) -> {
            if (changed) {
                shown.add("%s %s %s".formatted(report.stamped(),
                        report.unseen().stream().map(MissingInput::what).toList(),
                        examination.observations().scripts() == null
                                ? "none"
                                : examination.observations().scripts().graph().heads()));
            }
            if (roundsShown < story.size()) {
                story.get(roundsShown++).run();
            } else {
                rounds.end();
            }
        });
    }

    @Test
    void only_changes_of_version_table_scripts_or_inputs_are_shown()
            throws Exception {
        String database = TestServer.newDatabase();
        TestServer.run(database, "CREATE TABLE alembic_version (version_num varchar(32))",
                "INSERT INTO alembic_version VALUES ('a1')");
        write("a1", "None");
        DatabaseUrl url = Databases.parse(TestServer.url(database), "a test", Map.of());

        try (Examiner examiner = new Examiner(project(), url, null, TABLE, SchemaScope.ALL, List.of())) {
            follow(examiner, List.of(
                    () -> {},
                    () -> write("b2", "'a1'"),
                    () -> TestServer.run(database, "UPDATE alembic_version SET version_num = 'b2'"),
                    () -> {},
                    () -> TestServer.run("postgres", "ALTER DATABASE " + database + " ALLOW_CONNECTIONS false",
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database
                                    + "'"),
                    () -> {},
                    () -> TestServer.run("postgres", "ALTER DATABASE " + database + " ALLOW_CONNECTIONS true"),
                    () -> delete("b2"),
                    () -> {}));
        }

        assertThat(shown).containsExactly(
                "[a1] [] [a1]",
                "[a1] [] [b2]",
                "[b2] [] [b2]",
                "null [DATABASE] [b2]",
                "[b2] [] [b2]",
                "[b2] [] [a1]");
    }

    @Test
    void it_ends_with_the_exit_code_of_the_last_round() throws Exception {
        DatabaseUrl unreachable = Databases.parse("postgresql://u@127.0.0.1:1/x", "a test", Map.of());
        try (Examiner examiner = new Examiner(null, unreachable, null, TABLE, SchemaScope.ALL, List.of())) {
            assertThat(follow(examiner, List.of())).isEqualTo(3);
        }
        assertThat(rounds.endWithin(Duration.ZERO)).isEqualTo(3);
    }

    private ProjectScripts project() {
        ScriptsLocation location = new ScriptsLocation.Folder(scripts, scripts);
        return new ProjectScripts(MigrationTools.of(location), location);
    }

    private void write(String revision, String parent) {
        try {
            Files.writeString(scripts.resolve(revision + ".py"),
                    "revision = '%s'\ndown_revision = %s\n".formatted(revision, parent));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void delete(String revision) {
        try {
            Files.delete(scripts.resolve(revision + ".py"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
