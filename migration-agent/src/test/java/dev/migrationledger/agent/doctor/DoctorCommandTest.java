package dev.migrationledger.agent.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.testsupport.postgresql.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {

    private static final Path CALLS = Asked.PROJECTS.resolve("calls");
    private static final String NOBODY = "postgresql://watcher:s3cret@127.0.0.1:1/calls";

    @TempDir
    Path empty;

    @Test
    void a_database_out_of_reach_is_no_answer_but_the_scripts_are_judged_all_the_same() throws IOException {
        Path fork = copyOfCalls();
        Files.writeString(fork.resolve("fork.py"), "revision = 'f0'\ndown_revision = '9044ba1e3377'\n");

        Asked asked = Asked.in(empty, "--scripts", fork.toString(), "--database", NOBODY);
        assertThat(asked.exit()).isEqualTo(3);
        assertThat(asked.out()).startsWith("could not tell: the database could not be read\n")
                .contains("No PostgreSQL server answers at 127.0.0.1:1", "9 revisions, 2 heads")
                .doesNotContain("s3cret");

        Asked json = Asked.in(empty, "--scripts", fork.toString(), "--database", NOBODY, "--output", "json");
        assertThat(json.exit()).isEqualTo(3);
        assertThat(json.out()).contains("\"verdict\" : \"unknown\"", "\"what\" : \"database\"")
                .doesNotContain("s3cret", "\"stamped\"", "\"physical\"");
    }

    @Test
    void without_any_database_the_scripts_are_judged() {
        Asked asked = Asked.in(CALLS);
        assertThat(asked.exit()).isZero();
        assertThat(asked.out()).startsWith("scripts healthy; no database was checked\n").contains("g1h2i3j4k5l6");
    }

    @Test
    void without_scripts_the_version_table_is_judged() {
        String database = TestServer.newDatabase();
        TestServer.run(database, "CREATE TABLE alembic_version (version_num varchar(32))",
                "INSERT INTO alembic_version VALUES ('9044ba1e3377')");

        Asked asked = Asked.in(empty, "--database", TestServer.url(database));
        assertThat(asked.exit()).isZero();
        assertThat(asked.out()).startsWith("at 9044ba1e3377; without scripts, nothing else can be checked\n");
    }

    @Test
    void without_scripts_and_database_there_is_nothing_to_diagnose() {
        Asked asked = Asked.in(empty);
        assertThat(asked.exit()).isEqualTo(2);
        assertThat(asked.err()).contains("There is nothing to check").contains("--scripts DIR", "--database URL");
    }

    @Test
    void what_is_typed_wrong_is_wrong_usage() {
        assertThat(Asked.in(empty, "--config", "nowhere.ini").exit()).isEqualTo(2);
        assertThat(Asked.in(empty, "--scripts", "nowhere").exit()).isEqualTo(2);
        assertThat(Asked.in(CALLS, "--database", "mysql://me:s3cret@db/x").err()).contains("only PostgreSQL")
                .doesNotContain("s3cret");
        assertThat(Asked.in(CALLS, "--database", "mysql://me@db/x").exit()).isEqualTo(2);
        assertThat(Asked.in(CALLS, "--watch", "--interval", "soon").exit()).isEqualTo(2);
        assertThat(Asked.in(CALLS, "--interval", "2s").exit()).isEqualTo(2);
        assertThat(Asked.in(CALLS, "--interval", "2s").err()).contains("--watch");
    }

    @Test
    void an_unreachable_database_of_a_configuration_is_a_missing_input_and_no_wrong_usage()
            throws IOException {
        Path ini = empty.resolve("alembic.ini");
        Files.writeString(ini, "[alembic]\nscript_location = %s\nsqlalchemy.url = mysql://user:s3cret@localhost/db\n"
                .formatted(CALLS.resolve("migrations").toAbsolutePath()));

        Asked asked = Asked.in(empty);
        assertThat(asked.exit()).isEqualTo(3);
        assertThat(asked.out()).contains("only PostgreSQL", "8 revisions").doesNotContain("s3cret");

        Files.writeString(ini,
                "[alembic]\nscript_location = %s\nsqlalchemy.url = postgresql://u:s3%%cret@localhost/db\n"
                        .formatted(CALLS.resolve("migrations").toAbsolutePath()));
        asked = Asked.in(empty);
        assertThat(asked.exit()).isEqualTo(3);
        assertThat(asked.out()).contains("could not tell", "8 revisions").doesNotContain("s3");
    }

    @Test
    void a_schema_that_is_nowhere_is_not_taken_for_an_empty_one() {
        String database = TestServer.newDatabase();
        Asked asked = Asked.in(CALLS, "--database", TestServer.url(database), "--schema", "Public");
        assertThat(asked.exit()).isEqualTo(3);
        assertThat(asked.out()).contains("the schema could not be read", "The database has no schema 'Public'");
        assertThat(Asked.in(CALLS, "--database", TestServer.url(database), "--schema", "public").exit()).isZero();
    }

    @Test
    void the_environment_may_name_the_database() {
        String database = TestServer.newDatabase();
        Asked asked = Asked.in(CALLS, Map.of("DATABASE_URL", TestServer.url(database)), "--output", "json");
        assertThat(asked.out()).contains("\"state\" : \"missing\"").doesNotContain("cr@t", "cr%40t");
    }

    private Path copyOfCalls() throws IOException {
        Path copy = Files.createDirectory(empty.resolve("copy"));
        try (var files = Files.list(CALLS.resolve("migrations/versions"))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(String.valueOf(file.getFileName())));
            }
        }
        return copy;
    }
}
