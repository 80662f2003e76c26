package dev.migrationledger.agent.database.postgresql.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrationledger.agent.database.capture.CaptureInstallation;
import dev.migrationledger.agent.database.capture.CaptureRemoval;
import dev.migrationledger.agent.database.capture.CaptureStatus;
import dev.migrationledger.agent.database.capture.CaptureStatus.Trigger;
import dev.migrationledger.agent.database.capture.LoggedChanges;
import dev.migrationledger.agent.database.postgresql.capture.install.CaptureRefused;
import dev.migrationledger.agent.database.postgresql.capture.install.Inspection;
import dev.migrationledger.agent.database.postgresql.capture.install.Installation;
import dev.migrationledger.agent.database.postgresql.capture.install.Removal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstallationTest {

    /** Everything that is in a database, apart from what comes and goes with statistics. */
    private static final String EVERYTHING = """
            SELECT (SELECT count(*) FROM pg_class) + (SELECT count(*) FROM pg_proc) + (SELECT count(*) FROM pg_trigger)
                   + (SELECT count(*) FROM pg_event_trigger) + (SELECT count(*) FROM pg_namespace) + (SELECT count(*) FROM pg_type)
                   + (SELECT count(*) FROM pg_depend) + (SELECT count(*) FROM pg_description)""";

    @ParameterizedTest
    @ValueSource(ints = {13, 15, 18})
    void an_ordinary_owner_installs_it_again_and_removes_it_without_a_trace(int version) throws Exception {
        try (Sandbox database = Sandbox.on(version)) {
            long before = database.number(EVERYTHING);
            assertThat(database.status().healthy()).isFalse();

            CaptureInstallation first = database.installed();
            assertThat(first.before()).isNull();
            assertThat(first.attached()).isTrue();
            assertThat(first.noEventTriggers()).contains("permission denied to create event trigger");
            CaptureStatus status = database.status();
            assertThat(status.complaints()).isEmpty();
            assertThat(status.versionTables())
                    .containsExactly(new CaptureStatus.Watched("public", "alembic_version", Trigger.ALWAYS));
            assertThat(status.keep()).isEqualTo(Installation.USUAL_KEEP);

            database.run("INSERT INTO alembic_version VALUES ('a')");
            assertThat(database.installed().before()).isEqualTo(CaptureVersion.CURRENT);
            assertThat(database.status().undelivered()).isEqualTo(1);

            assertThat(removal(database).uninstall(false)).isEqualTo(new CaptureRemoval.Kept(1));
            assertThat(removal(database).uninstall(true)).isEqualTo(new CaptureRemoval.Removed(1));
            assertThat(database.number(EVERYTHING)).isEqualTo(before);
            assertThat(removal(database).uninstall(false)).isEqualTo(new CaptureRemoval.NothingThere());
            database.run("UPDATE alembic_version SET version_num = 'b'");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 15, 18})
    void event_triggers_of_a_superuser_go_with_it(int version) throws Exception {
        try (Sandbox database = Sandbox.on(version).asSuperuser()) {
            long before = database.number(EVERYTHING);
            CaptureInstallation installed = database.installed();
            assertThat(installed.eventTriggers()).isTrue();
            assertThat(database.status().complaints()).isEmpty();
            assertThat(database.number("SELECT count(*) FROM migration_ledger.touched")).isZero();
            assertThat(removal(database).uninstall(false)).isEqualTo(new CaptureRemoval.Removed(0));
            assertThat(database.number(EVERYTHING)).isEqualTo(before);
        }
    }

    @Test
    void an_older_version_is_upgraded_in_place_and_a_newer_one_left_alone() throws Exception {
        try (Sandbox database = Sandbox.on(15)) {
            database.install();
            database.run("INSERT INTO alembic_version VALUES ('a')",
                    "ALTER TABLE migration_ledger.change DROP COLUMN earlier",
                    "DROP FUNCTION migration_ledger.drop_oldest()",
                    "COMMENT ON SCHEMA migration_ledger IS 'Migration Ledger capture, version 0. Old.'");
            assertThat(database.status().complaints()).anyMatch(it -> it.startsWith("Capture has version 0"));
            assertThat(database.installed().before()).isZero();
            assertThat(database.read()).hasSize(1);
            database.run("UPDATE alembic_version SET version_num = 'b'");
            assertThat(database.read()).hasSize(2);
            assertThat(database.status().complaints()).isEmpty();

            database.run("COMMENT ON SCHEMA migration_ledger IS 'Migration Ledger capture, version 9. New.'");
            assertThat(refusal(database)).hasMessageContaining("has version 9, and this agent installs version 3");
            try (Connection reading = database.another()) {
                assertThat(Sandbox.readLog(reading, null)).isInstanceOf(LoggedChanges.Unusable.class);
            }
        }
    }

    @Test
    void what_is_missing_is_put_back_and_what_is_disabled_is_enabled() throws Exception {
        try (Sandbox database = Sandbox.on(18)) {
            database.install();
            String coverage = database.readLog(null).coverage();
            database.run("ALTER TABLE alembic_version DISABLE TRIGGER \"00_migration_ledger_change\"");
            assertThat(database.status().complaints()).singleElement().asString().contains("is disabled");
            assertThat(database.readLog(null).coverage()).isNull();
            database.run("ALTER TABLE alembic_version ENABLE TRIGGER \"00_migration_ledger_change\"");
            assertThat(database.readLog(null).coverage()).isNotNull().isNotEqualTo(coverage);

            database.run("DROP TRIGGER \"00_migration_ledger_change\" ON alembic_version");
            assertThat(database.status().complaints()).singleElement().asString().contains("is gone");
            database.install();
            assertThat(database.status().complaints()).isEmpty();
        }
    }

    @Test
    void each_missing_privilege_is_named_with_its_grant() throws Exception {
        try (Sandbox database = Sandbox.on(18)) {
            String other = database.server().newRole();
            try (Connection session = database.server().as(other, database.name())) {
                assertThatThrownBy(() -> install(session)).isInstanceOf(CaptureRefused.class)
                        .hasMessageContaining(
                                "GRANT CREATE ON DATABASE \"%s\" TO \"%s\"".formatted(database.name(), other));
                database.run("GRANT CREATE ON DATABASE " + database.name() + " TO " + other);
                assertThatThrownBy(() -> install(session)).isInstanceOf(CaptureRefused.class)
                        .hasMessageContaining(
                                "GRANT TRIGGER ON \"public\".\"alembic_version\" TO \"%s\"".formatted(other));
                // The trigger privilege is enough; what only the owner may do is left out.
                database.run("GRANT TRIGGER ON alembic_version TO " + other);
                assertThat(install(session).attached()).isTrue();
                database.run("INSERT INTO alembic_version VALUES ('a')");
                CaptureStatus status = new Inspection(session, "public", "alembic_version").status();
                assertThat(status.undelivered()).isEqualTo(1);
                assertThat(status.versionTables().getFirst().trigger()).isEqualTo(Trigger.ENABLED);
                assertThat(status.complaints()).isEmpty();

                assertThat(database.status().complaints()).singleElement().asString()
                        .contains("may not read the captured changes");
                assertThat(refusal(database)).hasMessageContaining("belongs to role '" + other + "'");
                assertThat(new Removal(session).uninstall(true)).isEqualTo(new CaptureRemoval.Removed(1));
            }
        }
    }

    @Test
    void a_running_migration_is_not_waited_for() throws Exception {
        try (Sandbox database = Sandbox.on(18); Connection other = database.another()) {
            Sandbox.run(other, "BEGIN", "INSERT INTO alembic_version VALUES ('a')");
            assertThat(catchThrowableOfType(SQLException.class, database::install).getSQLState()).isEqualTo("55P03");
            Sandbox.run(other, "COMMIT");
            database.install();
            // What is there already is not touched.
            Sandbox.run(other, "BEGIN", "UPDATE alembic_version SET version_num = 'b'");
            database.install();
            Sandbox.run(other, "COMMIT");
            assertThat(database.read()).hasSize(1);
        }
    }

    @Test
    void what_capture_did_not_make_is_neither_taken_nor_removed() throws Exception {
        try (Sandbox database = Sandbox.on(18)) {
            database.run("CREATE SCHEMA migration_ledger");
            assertThat(refusal(database)).hasMessageContaining("that capture did not create; rename it");
            assertThatThrownBy(() -> removal(database).uninstall(true)).isInstanceOf(CaptureRefused.class);
            database.run("DROP SCHEMA migration_ledger");
            database.install();
            database.run("CREATE VIEW migration_ledger.mine AS SELECT 1 AS one");
            assertThatThrownBy(() -> removal(database).uninstall(true)).isInstanceOf(CaptureRefused.class)
                    .hasMessageContaining("view migration_ledger.mine; move or drop it");
            database.run("DROP VIEW migration_ledger.mine");
            assertThat(removal(database).uninstall(true)).isEqualTo(new CaptureRemoval.Removed(0));
        }
    }

    @Test
    void other_roles_may_neither_read_nor_forge() throws Exception {
        try (Sandbox database = Sandbox.on(18)) {
            database.install();
            String other = database.server().newRole();
            database.run("GRANT ALL ON alembic_version TO " + other, "GRANT ALL ON SCHEMA public TO " + other);
            try (Connection session = database.server().as(other, database.name())) {
                // Their own changes are captured all the same.
                Sandbox.run(session, "INSERT INTO alembic_version VALUES ('a')",
                        "CREATE TABLE mine (version_num text)");
                assertThat(database.read().getFirst().changes().getFirst().actor().user()).isEqualTo(other);
                assertThat(Sandbox.readLog(session, null)).isInstanceOfSatisfying(
                        LoggedChanges.Unusable.class, it -> assertThat(it.why()).contains("--reader " + other));
                for (String forbidden : List.of(
                        "SELECT * FROM migration_ledger.change",
                        "INSERT INTO migration_ledger.change (id) VALUES (1)",
                        "SELECT migration_ledger.write_change(0, 'public', 'alembic_version', 'INSERT', NULL, 'x')",
                        "SELECT migration_ledger.forget('public', 'alembic_version', 1, '{}')",
                        "CREATE TRIGGER forged AFTER INSERT ON mine FOR EACH ROW EXECUTE FUNCTION migration_ledger.capture_change()")) {
                    assertThat(catchThrowableOfType(SQLException.class, () -> Sandbox.run(session, forbidden))
                            .getSQLState())
                            .as(forbidden).isEqualTo("42501");
                }
                database.installed(List.of(other));
                assertThat(Sandbox.readLog(session, null)).isInstanceOf(LoggedChanges.Read.class);
                assertThat(catchThrowableOfType(SQLException.class,
                        () -> Sandbox.run(session, "DELETE FROM migration_ledger.change"))
                        .getSQLState()).isEqualTo("42501");
                Sandbox.run(session, "BEGIN");
                assertThat(CaptureLog.forget(session, "public", "alembic_version", database.readLog(null).cursor()))
                        .isEqualTo(1);
            }
            assertThatThrownBy(() -> database.installed(List.of("nobody at all")))
                    .hasMessage(
                            "Role 'nobody at all' does not exist on this server; create it, or name another with --reader.");
        }
    }

    @Test
    void a_role_that_is_only_played_and_a_session_that_plays_replica_are_captured() throws Exception {
        try (Sandbox database = Sandbox.on(18).asSuperuser()) {
            database.install();
            String other = database.server().newRole();
            database.run("GRANT ALL ON alembic_version TO " + other, "SET ROLE " + other,
                    "INSERT INTO alembic_version VALUES ('a')",
                    "RESET ROLE", "SET session_replication_role = replica",
                    "UPDATE alembic_version SET version_num = 'b'",
                    "RESET session_replication_role");
            assertThat(database.read()).hasSize(2)
                    .allMatch(it -> it.changes().getFirst().actor().user().equals("postgres"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 15, 18})
    void rows_of_another_database_are_not_believed_in_its_copy(int version) throws Exception {
        Sandbox original = Sandbox.on(version);
        try (original) {
            original.install();
            original.run("INSERT INTO alembic_version VALUES ('a')");
        }
        String copy = original.name() + "copy";
        original.server().run("postgres", "CREATE DATABASE " + copy + " TEMPLATE " + original.name());
        try (Connection session = original.server().as(original.owner(), copy)) {
            assertThat(Sandbox.readLog(session, null)).isInstanceOfSatisfying(
                    LoggedChanges.Read.class, it -> assertThat(it.transactions()).isEmpty());
            Sandbox.run(session, "UPDATE alembic_version SET version_num = 'b'");
            assertThat(Sandbox.readLog(session, null)).isInstanceOfSatisfying(
                    LoggedChanges.Read.class, it -> assertThat(it.transactions()).hasSize(1));
        }
    }

    private static CaptureRefused refusal(Sandbox database) {
        return catchThrowableOfType(CaptureRefused.class, database::install);
    }

    private static Removal removal(Sandbox database) {
        return new Removal(database.session());
    }

    private static CaptureInstallation install(Connection session) throws SQLException, CaptureRefused {
        return new Installation(session, "public", "alembic_version").install(List.of(), null);
    }
}
