package dev.migrationledger.agent.database.postgresql.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.database.capture.CapturedChange;
import java.sql.Connection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A migration goes on with any fault of the log. */
class FailingCaptureTest {

    private static final List<String> BREAKAGES = List.of(
            "ALTER TABLE migration_ledger.change DROP COLUMN statement",
            "ALTER TABLE migration_ledger.change RENAME COLUMN was TO gone",
            "ALTER TABLE migration_ledger.change ADD COLUMN more int NOT NULL",
            "ALTER TABLE migration_ledger.change ADD CHECK (id < 0) NOT VALID",
            "DROP TABLE migration_ledger.change",
            "DROP TABLE migration_ledger.version_table",
            "DROP SEQUENCE migration_ledger.change_id",
            "DROP FUNCTION migration_ledger.write_change(oid, text, text, text, text, text)",
            "DROP FUNCTION migration_ledger.written_catalogs()",
            "CREATE OR REPLACE FUNCTION migration_ledger.written_tables() RETURNS jsonb LANGUAGE sql AS 'SELECT to_jsonb(1 / 0)'");

    static Stream<Arguments> breakages() {
        return BREAKAGES.stream().flatMap(sql -> Stream.of(Arguments.of(13, sql), Arguments.of(18, sql)));
    }

    @ParameterizedTest
    @MethodSource("breakages")
    void a_broken_log_fails_no_migration_and_is_counted(int version, String breakage) throws Exception {
        try (Sandbox database = Sandbox.on(version)) {
            database.install();
            database.run(breakage);
            migrate(database);
            assertThat(database.failures()).isEqualTo(2);
            assertThat(database.status().healthy()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DROP SEQUENCE migration_ledger.failure_count", "DROP TABLE migration_ledger.failure",
        "DROP FUNCTION migration_ledger.note_failure(text, text)"})
    void not_even_what_counts_failures_is_needed(String breakage) throws Exception {
        try (Sandbox database = Sandbox.on(18)) {
            database.install();
            database.run("DROP TABLE migration_ledger.change", breakage);
            migrate(database);
            assertThat(database.status().healthy()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 15, 18})
    void an_owner_that_may_no_longer_write_fails_no_migration(int version) throws Exception {
        try (Sandbox database = Sandbox.on(version)) {
            database.install();
            database.run("REVOKE ALL ON migration_ledger.change FROM " + database.owner());
            migrate(database);
            assertThat(database.failures()).isEqualTo(2);

            database.run("GRANT ALL ON migration_ledger.change TO " + database.owner());
            assertThat(database.status().complaints()).singleElement().asString()
                    .startsWith(
                            "2 changes could not be captured (last: 42501: permission denied for table change); fix that");
            database.install();
            assertThat(database.status().complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 15, 18})
    void a_locked_log_makes_no_migration_wait_for_its_end(int version) throws Exception {
        try (Sandbox database = Sandbox.on(version); Connection other = database.another()) {
            database.install();
            Sandbox.run(other, "BEGIN", "LOCK TABLE migration_ledger.change IN ACCESS EXCLUSIVE MODE");
            migrate(database);
            Sandbox.run(other, "ROLLBACK");
            assertThat(database.failures()).isEqualTo(2);
            assertThat(database.read()).isEmpty();
            database.run("INSERT INTO alembic_version VALUES ('c')");
            assertThat(database.read()).hasSize(1);
        }
    }

    @Test
    void broken_event_triggers_fail_no_schema_change() throws Exception {
        try (Sandbox database = Sandbox.on(18).asSuperuser()) {
            database.install();
            database.run("DROP TABLE migration_ledger.touched");
            migrate(database);
            assertThat(database.failures()).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 15, 18})
    void serializable_migrations_beside_each_other_do_not_fail_each_other(int version) throws Exception {
        try (Sandbox database = Sandbox.on(version); Connection other = database.another()) {
            database.install();
            database.run("CREATE TABLE more (LIKE alembic_version INCLUDING ALL)",
                    "SELECT migration_ledger.attach('public', 'more')");
            database.run("BEGIN ISOLATION LEVEL SERIALIZABLE", "CREATE TABLE a (id int)",
                    "INSERT INTO alembic_version VALUES ('a')");
            Sandbox.run(other, "BEGIN ISOLATION LEVEL SERIALIZABLE", "INSERT INTO more VALUES ('b')");
            database.run("UPDATE alembic_version SET version_num = 'c'");
            Sandbox.run(other, "UPDATE more SET version_num = 'd'", "COMMIT");
            database.run("COMMIT");
            assertThat(database.read().getFirst().changes()).extracting(CapturedChange::after).containsExactly("a",
                    "c");
            assertThat(database.failures()).isZero();
        }
    }

    @Test
    void a_migration_may_be_prepared_for_two_phase_commit() throws Exception {
        try (Sandbox database = Sandbox.on(13)) {
            database.install();
            database.run("BEGIN", "CREATE TABLE a (id int)", "INSERT INTO alembic_version VALUES ('a')",
                    "PREPARE TRANSACTION 'deploy'");
            assertThat(database.read()).isEmpty();
            database.run("COMMIT PREPARED 'deploy'");
            assertThat(database.read()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 15, 18})
    void captured_rows_are_sent_to_no_subscriber(int version) throws Exception {
        try (Sandbox database = Sandbox.on(version)) {
            database.install();
            database.server().run(database.name(), "CREATE PUBLICATION everything FOR ALL TABLES");
            migrate(database);
            assertThat(database.number("SELECT count(*) FROM migration_ledger.change")).isZero();
            assertThat(database.failures()).isEqualTo(2);

            database.install();
            assertThat(
                    database.number("SELECT count(*) FROM pg_publication_tables WHERE schemaname = 'migration_ledger'"))
                    .isZero();
            database.transaction("CREATE TABLE more (id int PRIMARY KEY)",
                    "UPDATE alembic_version SET version_num = 'c'");
            assertThat(database.read()).hasSize(1);
            assertThat(database.status().complaints()).isEmpty();
        }
    }

    private static void migrate(Sandbox database) throws Exception {
        database.transaction(
                "CREATE TABLE users (id int PRIMARY KEY)", "INSERT INTO alembic_version VALUES ('a')",
                "ALTER TABLE users ADD COLUMN mail text",
                "UPDATE alembic_version SET version_num = 'b' WHERE version_num = 'a'");
        assertThat(database.number("SELECT count(*) FROM alembic_version WHERE version_num = 'b'")).isEqualTo(1);
        database.run("TABLE users");
    }
}
