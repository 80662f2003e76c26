package dev.migrationledger.agent.database.postgresql.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.database.capture.CapturedChange;
import dev.migrationledger.agent.database.capture.CapturedChange.Operation;
import dev.migrationledger.agent.database.capture.CapturedTransaction;
import dev.migrationledger.agent.database.capture.LoggedChanges;
import dev.migrationledger.contracts.event.Attribution.Touch;
import dev.migrationledger.contracts.event.Attribution.TouchedObject;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What the trigger writes down about real transactions, on each supported server. */
class CaptureLogTest {

    static final List<Integer> VERSIONS = List.of(13, 15, 18);

    @ParameterizedTest
    @FieldSource("VERSIONS")
    void a_migration_leaves_what_it_wrote_and_a_stamp_leaves_nothing(int version) throws Exception {
        try (Sandbox database = Sandbox.on(version)) {
            database.install();
            database.transaction("CREATE TABLE users (id int PRIMARY KEY, mail text)",
                    "INSERT INTO alembic_version VALUES ('a')");
            database.transaction("UPDATE alembic_version SET version_num = 'b' WHERE version_num = 'a'");
            database.transaction("DROP TABLE users", "DELETE FROM alembic_version");

            List<CapturedTransaction> seen = database.read();
            assertThat(seen).hasSize(3);
            CapturedChange ran = only(seen.get(0));
            assertThat(ran.operation()).isEqualTo(Operation.INSERT);
            assertThat(ran.after()).isEqualTo("a");
            assertThat(ran.before()).isNull();
            assertThat(ran.catalog()).containsKeys("pg_class", "pg_attribute");
            assertThat(ran.statement()).isEqualTo("INSERT INTO alembic_version VALUES ('a')");
            assertThat(ran.actor().user()).isEqualTo(database.owner());
            assertThat(ran.actor().applicationName()).isEqualTo("deploy");
            assertThat(ran.actor().clientAddress()).isEqualTo("127.0.0.1");
            assertThat(ran.actor().transaction()).isEqualTo(seen.get(0).transaction());

            CapturedChange stamped = only(seen.get(1));
            assertThat(stamped.operation()).isEqualTo(Operation.UPDATE);
            assertThat(List.of(String.valueOf(stamped.before()), String.valueOf(stamped.after()))).containsExactly("a",
                    "b");
            assertThat(stamped.catalog()).isEmpty();
            assertThat(stamped.data()).isEmpty();

            CapturedChange dropped = only(seen.get(2));
            assertThat(dropped.operation()).isEqualTo(Operation.DELETE);
            assertThat(dropped.catalog()).containsKey("pg_class");
        }
    }

    @ParameterizedTest
    @FieldSource("VERSIONS")
    void steps_of_one_transaction_each_have_their_own_work(int version) throws Exception {
        try (Sandbox database = Sandbox.on(version)) {
            database.install();
            database.transaction(
                    "CREATE TABLE users (id int)", "INSERT INTO alembic_version VALUES ('a')",
                    "UPDATE alembic_version SET version_num = 'b'",
                    "INSERT INTO users SELECT generate_series(1, 3)", "UPDATE alembic_version SET version_num = 'c'",
                    "CREATE TYPE mood AS ENUM ('good')", "UPDATE alembic_version SET version_num = 'd'",
                    "TRUNCATE alembic_version");

            List<CapturedChange> steps = database.read().getFirst().changes();
            assertThat(steps).extracting(CapturedChange::after).containsExactly("a", "b", "c", "d", null);
            assertThat(steps.get(0).catalog()).containsKeys("pg_class", "pg_attribute");
            assertThat(steps.get(1).catalog()).isEmpty();
            assertThat(steps.get(1).data()).isEmpty();
            assertThat(steps.get(2).catalog()).isEmpty();
            assertThat(steps.get(2).data()).isEqualTo(Map.of("public.users", 3L));
            assertThat(steps.get(3).catalog()).containsKey("pg_enum");
            assertThat(steps.get(4).operation()).isEqualTo(Operation.TRUNCATE);
        }
    }

    @ParameterizedTest
    @FieldSource("VERSIONS")
    void what_a_session_did_in_transactions_before_is_not_taken_for_work_of_this_one(int version) throws Exception {
        try (Sandbox database = Sandbox.on(version)) {
            database.install();
            database.transaction("INSERT INTO alembic_version VALUES ('0')", "CREATE TABLE users (id int)");
            for (int i = 1; i <= 10; i++) {
                // Within a second, so that the server has not added up what the session wrote.
                database.transaction("CREATE TABLE t" + i + " (id int)", "INSERT INTO users VALUES (" + i + ")");
                database.transaction("SELECT * FROM users",
                        "UPDATE alembic_version SET version_num = 'stamp" + i + "'");
                database.transaction(
                        "CREATE INDEX by_id" + i + " ON users (id)",
                        "UPDATE alembic_version SET version_num = 'ran" + i + "'");
                database.transaction("UPDATE alembic_version SET version_num = 'again" + i + "'");
            }
            for (CapturedTransaction transaction : database.read()) {
                CapturedChange change = transaction.changes().getFirst();
                boolean ran = String.valueOf(change.after()).startsWith("ran");
                assertThat(change.catalog().isEmpty()).as("catalog rows of %s", change).isNotEqualTo(ran);
                assertThat(change.data()).as("rows of %s", change).isEmpty();
                if (String.valueOf(change.after()).startsWith("again")) {
                    assertThat(change.earlier()).as("rows before %s", change).isEmpty();
                }
            }
        }
    }

    @ParameterizedTest
    @FieldSource("VERSIONS")
    void what_was_rolled_back_is_neither_captured_nor_counted(int version) throws Exception {
        try (Sandbox database = Sandbox.on(version)) {
            database.install();
            database.run("BEGIN", "CREATE TABLE users (id int)", "INSERT INTO alembic_version VALUES ('a')",
                    "ROLLBACK");
            database.run(
                    "BEGIN", "SAVEPOINT s", "CREATE TABLE users (id int)", "DROP TYPE IF EXISTS mood",
                    "ROLLBACK TO s", "INSERT INTO alembic_version VALUES ('b')", "COMMIT");
            database.run(
                    "BEGIN", "SAVEPOINT s", "CREATE TABLE users (id int)", "RELEASE s",
                    "UPDATE alembic_version SET version_num = 'c'", "COMMIT");

            List<CapturedTransaction> seen = database.read();
            assertThat(seen).extracting(it -> only(it).after()).containsExactly("b", "c");
            assertThat(only(seen.get(0)).catalog()).isEmpty();
            assertThat(only(seen.get(1)).catalog()).containsKey("pg_class");
        }
    }

    @ParameterizedTest
    @FieldSource("VERSIONS")
    void event_triggers_name_objects_and_attach_to_a_version_table_that_appears(int version) throws Exception {
        try (Sandbox database = Sandbox.on(version).asSuperuser()) {
            database.run("DROP TABLE alembic_version");
            database.install();
            // As the first stamp does it.
            database.transaction(Sandbox.VERSION_TABLE, "INSERT INTO alembic_version (version_num) VALUES ('a')");
            database.transaction(
                    "CREATE TABLE users (id int, mail text)", "UPDATE alembic_version SET version_num = 'b'",
                    "ALTER TABLE users DROP COLUMN mail", "CREATE INDEX by_id ON users (id)",
                    "UPDATE alembic_version SET version_num = 'c'", "DROP INDEX by_id");
            database.run("CREATE INDEX CONCURRENTLY slow ON users (id)");
            database.transaction("UPDATE alembic_version SET version_num = 'd'");
            database.run("DROP INDEX CONCURRENTLY slow", "CREATE TEMP TABLE mine (id int)", "DROP TABLE mine");
            database.run("DROP TABLE alembic_version");

            List<CapturedTransaction> seen = database.read();
            CapturedChange stamped = only(seen.get(0));
            assertThat(stamped.operation()).isEqualTo(Operation.INSERT);
            assertThat(stamped.catalog()).isEmpty();
            assertThat(stamped.objects()).isEmpty();

            List<CapturedChange> steps = seen.get(1).changes();
            assertThat(steps).extracting(CapturedChange::operation)
                    .containsExactly(Operation.UPDATE, Operation.UPDATE, Operation.SCHEMA_ONLY);
            assertThat(steps.get(0).objects())
                    .containsExactly(new TouchedObject(Touch.CREATED, "table", "public.users"));
            assertThat(steps.get(1).objects()).contains(
                    new TouchedObject(Touch.ALTERED, "table", "public.users"),
                    new TouchedObject(Touch.DROPPED, "table column", "public.users.mail"),
                    new TouchedObject(Touch.CREATED, "index", "public.by_id"));
            assertThat(steps.get(2).objects())
                    .containsExactly(new TouchedObject(Touch.DROPPED, "index", "public.by_id"));

            CapturedChange concurrent = only(seen.get(2));
            assertThat(concurrent.operation()).isEqualTo(Operation.SCHEMA_ONLY);
            assertThat(concurrent.objects()).containsExactly(new TouchedObject(Touch.CREATED, "index", "public.slow"));
            assertThat(concurrent.actor().pid()).isEqualTo(only(seen.get(3)).actor().pid());
            assertThat(only(seen.get(3)).after()).isEqualTo("d");
            assertThat(only(seen.get(4)).objects())
                    .containsExactly(new TouchedObject(Touch.DROPPED, "index", "public.slow"));
            assertThat(only(seen.get(5)).operation()).isEqualTo(Operation.DROP);
            assertThat(seen).hasSize(6);
            assertThat(database.failures()).isZero();
        }
    }

    @ParameterizedTest
    @FieldSource("VERSIONS")
    void event_triggers_see_that_a_schema_change_found_nothing_to_do(int version) throws Exception {
        try (Sandbox database = Sandbox.on(version).asSuperuser()) {
            database.install();
            database.run("CREATE TABLE users (id int, mail text)", "INSERT INTO alembic_version VALUES ('a')");
            database.transaction("UPDATE alembic_version SET version_num = 'stamped'");
            database.transaction(
                    "DROP TABLE IF EXISTS missing", "UPDATE alembic_version SET version_num = 'dropped'",
                    "UPDATE alembic_version SET version_num = 'stamped again'",
                    "DO 'BEGIN CREATE TABLE IF NOT EXISTS users (id int); END'",
                    "UPDATE alembic_version SET version_num = 'created'",
                    "ALTER TABLE IF EXISTS missing ADD COLUMN c int",
                    "UPDATE alembic_version SET version_num = 'altered'");
            database.transaction(
                    "DROP TABLE users", "CREATE TEMP TABLE mine (id int)", "DROP TABLE mine",
                    "GRANT USAGE ON SCHEMA public TO PUBLIC",
                    "UPDATE alembic_version SET version_num = 'something'");
            database.transaction(
                    "SAVEPOINT s", "DROP INDEX IF EXISTS missing", "ROLLBACK TO s",
                    "UPDATE alembic_version SET version_num = 'rolled back'");
            database.run("DROP TABLE IF EXISTS missing");
            database.transaction("UPDATE alembic_version SET version_num = 'later'");

            assertThat(database.read().stream().flatMap(it -> it.changes().stream()))
                    .filteredOn(CapturedChange::idle)
                    .extracting(CapturedChange::after).containsExactly("dropped", "created", "altered");
            assertThat(database.failures()).isZero();
        }
    }

    @ParameterizedTest
    @FieldSource("VERSIONS")
    void a_lower_number_that_commits_later_is_read_later_and_each_is_read_once(int version) throws Exception {
        try (Sandbox database = Sandbox.on(version); Connection slow = database.another()) {
            database.install();
            Sandbox.run(slow, "BEGIN", "INSERT INTO alembic_version VALUES ('slow')");
            database.transaction("INSERT INTO alembic_version VALUES ('fast')");

            LoggedChanges.Read first = database.readLog(null);
            assertThat(afters(first)).containsExactly("fast");
            assertThat(afters(database.readLog(first.cursor()))).isEmpty();

            Sandbox.run(slow, "COMMIT");
            database.transaction("INSERT INTO alembic_version VALUES ('last')");
            LoggedChanges.Read second = database.readLog(first.cursor());
            assertThat(afters(second)).containsExactly("slow", "last");
            assertThat(afters(database.readLog(second.cursor()))).isEmpty();

            // What the ledger has goes; what it does not have stays.
            database.transaction("INSERT INTO alembic_version VALUES ('new')");
            assertThat(database.forget(second.cursor())).isEqualTo(3);
            assertThat(afters(database.readLog(null))).containsExactly("new");
            assertThat(afters(database.readLog(second.cursor()))).containsExactly("new");
        }
    }

    @ParameterizedTest
    @FieldSource("VERSIONS")
    void unfetched_changes_are_bounded_and_reported(int version) throws Exception {
        try (Sandbox database = Sandbox.on(version)) {
            database.install();
            database.run("UPDATE migration_ledger.setting SET keep = 100", "INSERT INTO alembic_version VALUES ('0')");
            LoggedChanges.Read before = database.readLog(null);
            database.run(
                    "DO $$ BEGIN FOR i IN 1..500 LOOP UPDATE alembic_version SET version_num = i; END LOOP; END $$");
            database.run("UPDATE alembic_version SET version_num = 'last'");

            List<String> kept = afters(database.readLog(null));
            assertThat(kept).hasSizeBetween(60, 101).endsWith("499", "500", "last");
            assertThat(database.readLog(null).coverage()).isNotEqualTo(before.coverage());
            assertThat(database.status().lost()).isBetween(399L, 441L);
            assertThat(database.status().healthy()).isFalse();
        }
    }

    private static CapturedChange only(CapturedTransaction transaction) {
        assertThat(transaction.changes()).hasSize(1);
        return transaction.changes().getFirst();
    }

    private static List<String> afters(LoggedChanges.Read read) {
        return read.transactions().stream()
                .flatMap(transaction -> transaction.changes().stream())
                .map(change -> String.valueOf(change.after()))
                .toList();
    }
}
