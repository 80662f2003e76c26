package dev.migrationledger.agent.database.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrationledger.agent.database.NotificationListener;
import dev.migrationledger.agent.database.ObservationException;
import dev.migrationledger.agent.database.SchemaScope;
import dev.migrationledger.agent.database.VersionTableName;
import dev.migrationledger.agent.database.capture.CaptureRemoval;
import dev.migrationledger.agent.database.capture.CaptureStatus;
import dev.migrationledger.agent.database.capture.CaptureStatus.Trigger;
import dev.migrationledger.agent.database.capture.LoggedChanges;
import dev.migrationledger.agent.database.observation.Observation;
import dev.migrationledger.core.situation.Observations.OtherVersionTable;
import dev.migrationledger.testsupport.postgresql.TestServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No owner of objects gains the rights of a role that polls the database or installs capture in it. */
class EscalationTest {

    private static final VersionTableName TABLE = new VersionTableName(null, "alembic_version");
    private static final List<Integer> VERSIONS = TestServers.VERSIONS;
    private static final String COMMENT = "COMMENT ON SCHEMA migration_ledger IS 'Migration Ledger capture, version 3. Mine.'";

    @ParameterizedTest
    @FieldSource("VERSIONS")
    void names_of_the_servers_own_objects_cannot_be_taken(int version) throws Exception {
        try (Attacker attacker = Attacker.owningDatabase(version).withVersionTable()) {
            attacker.run(Files.readString(Path.of("src/test/resources/escalation/traps.sql")),
                    "ALTER DATABASE " + attacker.database() + " SET search_path = evil, pg_catalog, public");
            try (PostgresObserver watched = attacker.watched()) {
                assertThat(watched.examine(null).table().name()).isEqualTo("public.alembic_version");
                assertThat(attacker.capture().install(List.of(), null, null).attached()).isTrue();
                assertThat(attacker.capture().status().complaints()).isEmpty();
                attacker.run("UPDATE public.alembic_version SET version_num = 'b'");
                Observation observed = watched.observe(List.of(), null);
                assertThat(observed.captured()).isInstanceOfSatisfying(LoggedChanges.Read.class, read -> {
                    assertThat(read.transactions()).hasSize(1);
                    watched.forget(observed.table(), read.cursor());
                });
                assertThat(attacker.capture().status().undelivered()).isZero();
                LiveSchema.of(attacker.superuser(), TABLE, SchemaScope.ALL);
                try (NotificationListener listener = watched.notifications()) {
                    listener.await(Duration.ofSeconds(5));
                }
                assertThat(attacker.capture().uninstall(false)).isEqualTo(new CaptureRemoval.Removed(0));
            }
            assertThat(attacker.won()).isFalse();
        }
    }

    /** What the owner of a version table can make of it, and what of it a reader would run. */
    @ParameterizedTest
    @ValueSource(strings = {
        "CREATE INDEX mine ON public.alembic_version (version_num) WHERE evil.still('a')",
        "CREATE INDEX mine ON public.alembic_version ((evil.still('a')))",
        "CREATE TABLE public.child (CHECK (evil.still('a'))) INHERITS (public.alembic_version)",
        "CREATE STATISTICS public.mine ON version_num, (evil.still('a')) FROM public.alembic_version",
        "CREATE DOMAIN evil.checked AS text CHECK (evil.attack()); ALTER TABLE public.alembic_version ALTER version_num TYPE evil.checked",
        "ALTER TABLE public.alembic_version DROP CONSTRAINT alembic_version_pkey, ALTER version_num TYPE evil.version USING ROW (version_num)::evil.version",
        "ALTER TABLE public.alembic_version RENAME TO was; CREATE VIEW public.alembic_version AS SELECT version_num FROM public.was WHERE evil.attack()",
        "ALTER TABLE public.alembic_version ENABLE ROW LEVEL SECURITY; CREATE POLICY mine ON public.alembic_version USING (evil.attack())"})
    void a_version_table_runs_no_code_of_its_owner(String trap) throws Exception {
        for (int version : trap.contains("INDEX") ? VERSIONS : List.of(18)) {
            try (Attacker attacker = Attacker.owningDatabase(version).withVersionTable()) {
                attacker.run(trap);
                try (PostgresObserver watched = attacker.watched()) {
                    if (trap.contains("POLICY")) {
                        // A superuser bypasses it.
                        watched.examine(null);
                    } else {
                        assertThatThrownBy(() -> watched.examine(null)).isInstanceOf(ObservationException.class)
                                .hasMessageMatching("(?s).*(is not read|is a view).*");
                    }
                }
                assertThat(attacker.won()).as("%d: %s", version, trap).isFalse();
            }
        }
    }

    /** The doctor also reads other tables that have the form of a version table. */
    @ParameterizedTest
    @FieldSource("VERSIONS")
    void a_table_that_only_resembles_one_gains_nothing(int version) throws Exception {
        try (Attacker attacker = Attacker.mayCreate(version)) {
            attacker.server().run(attacker.database(),
                    "CREATE TABLE public.alembic_version (version_num varchar(32) PRIMARY KEY)");
            attacker.run("CREATE TABLE evil.first (version_num evil.version)",
                    "INSERT INTO evil.first VALUES (ROW ('a'))",
                    "CREATE TABLE evil.second (version_num text)",
                    "CREATE INDEX ON evil.second (version_num) WHERE evil.still('a')",
                    "CREATE TABLE evil.third (version_num text)", "INSERT INTO evil.third VALUES ('x')");
            try (PostgresObserver watched = attacker.watched()) {
                assertThat(watched.examine(null).others()).containsExactly(
                        new OtherVersionTable("evil", "second", null),
                        new OtherVersionTable("evil", "third", List.of("x")));
            }
            assertThat(attacker.won()).isFalse();
        }
    }

    @ParameterizedTest
    @FieldSource("VERSIONS")
    void the_owner_of_the_version_table_gets_nothing_from_the_trigger(int version) throws Exception {
        try (Attacker attacker = Attacker.owningDatabase(version).withVersionTable()) {
            attacker.capture().install(List.of(), null, null);
            attacker.run("ALTER TABLE public.alembic_version DROP CONSTRAINT alembic_version_pkey",
                    "ALTER TABLE public.alembic_version ALTER version_num TYPE evil.version USING ROW (version_num)::evil.version",
                    "INSERT INTO public.alembic_version VALUES (ROW ('b'))",
                    "UPDATE public.alembic_version SET version_num = ROW ('c')",
                    "DELETE FROM public.alembic_version");
            assertThat(attacker.won()).isFalse();
            assertThat(attacker.capture().status().complaints()).anyMatch(it -> it.contains(
                    "version_num of this table is not varchar, text or char, so its changes are not captured"));
            // In a session of theirs, with objects of theirs that come first.
            attacker.run("DROP TABLE public.alembic_version");
            attacker.withVersionTable().run(
                    "CREATE TEMP VIEW pg_class AS SELECT * FROM pg_catalog.pg_class WHERE evil.attack()",
                    "CREATE TEMP VIEW pg_locks AS SELECT * FROM pg_catalog.pg_locks WHERE evil.attack()",
                    Files.readString(Path.of("src/test/resources/escalation/traps.sql")),
                    "SET search_path = pg_temp, evil, pg_catalog",
                    "UPDATE public.alembic_version SET version_num = 'z'");
            assertThat(attacker.won()).isFalse();
            assertThatThrownBy(() -> {
                attacker.run("ALTER TABLE public.alembic_version DROP CONSTRAINT alembic_version_pkey",
                        "ALTER TABLE public.alembic_version ALTER version_num TYPE evil.version USING ROW (version_num)::evil.version");
                attacker.capture().install(List.of(), null, null);
            }).hasMessageContaining("is not varchar, text or char, so it is not captured");
            assertThat(attacker.won()).isFalse();
        }
    }

    @ParameterizedTest
    @FieldSource("VERSIONS")
    void a_role_that_creates_a_table_of_the_watched_name_gains_nothing(int version) throws Exception {
        try (Attacker attacker = Attacker.mayCreate(version)) {
            assertThat(attacker.capture().install(List.of(), null, null).attached()).isFalse();
            attacker.run("CREATE TABLE public.alembic_version (version_num evil.version)",
                    "INSERT INTO public.alembic_version VALUES (ROW ('a'))");
            assertThat(attacker.won()).isFalse();
            CaptureStatus status = attacker.capture().status();
            assertThat(status.versionTables()).extracting(CaptureStatus.Watched::trigger)
                    .containsExactly(Trigger.DETACHED);
            assertThat(status.complaints()).anyMatch(it -> it.contains("is not varchar, text or char"));
            attacker.run("DROP TABLE public.alembic_version");
            attacker.withVersionTable();
            assertThat(attacker.capture().status().versionTables()).extracting(CaptureStatus.Watched::trigger)
                    .containsExactly(Trigger.ALWAYS);
        }
    }

    @ParameterizedTest
    @FieldSource("VERSIONS")
    void a_prepared_schema_is_refused(int version) throws Exception {
        try (Attacker attacker = Attacker.owningDatabase(version).withVersionTable()) {
            attacker.run("CREATE SCHEMA migration_ledger", COMMENT,
                    "CREATE TABLE migration_ledger.setting (only_row boolean PRIMARY KEY DEFAULT true, keep integer DEFAULT 10)",
                    "CREATE TRIGGER fire BEFORE INSERT OR UPDATE ON migration_ledger.setting FOR EACH ROW EXECUTE FUNCTION evil.fire()",
                    "CREATE VIEW migration_ledger.change AS SELECT 1::bigint AS id, 'INSERT' AS operation, '' AS origin WHERE evil.attack()");
            for (Integer keep : new Integer[]{null, 100}) {
                assertThatThrownBy(() -> attacker.capture().install(List.of(), keep, null))
                        .isInstanceOf(ObservationException.class)
                        .hasMessageContaining("belongs to role '" + attacker.role() + "'; install as that role, or");
            }
            attacker.capture().status();
            assertThatThrownBy(() -> attacker.capture().uninstall(false)).isInstanceOf(ObservationException.class);
            try (PostgresObserver watched = attacker.watched()) {
                assertThat(watched.observe(List.of(), null).captured()).isInstanceOf(LoggedChanges.Unusable.class);
            }
            assertThat(attacker.won()).isFalse();
        }
    }

    /** What its owner installed in good order and changed afterwards. */
    @ParameterizedTest
    @ValueSource(strings = {
        "CREATE OR REPLACE FUNCTION migration_ledger.current_origin() RETURNS text LANGUAGE plpgsql AS 'BEGIN PERFORM evil.attack(); RETURN 1; END'",
        "CREATE OR REPLACE FUNCTION migration_ledger.forget(in_schema text, in_table text, horizon bigint, named bigint[]) RETURNS bigint LANGUAGE plpgsql AS 'BEGIN PERFORM evil.attack(); RETURN 1; END'",
        "CREATE OR REPLACE FUNCTION migration_ledger.capture_ddl() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN PERFORM evil.attack(); END'",
        "ALTER TABLE migration_ledger.change RENAME TO was; CREATE VIEW migration_ledger.change AS SELECT * FROM migration_ledger.was WHERE evil.attack()",
        "ALTER TABLE migration_ledger.change ALTER catalogs TYPE evil.version USING NULL",
        "ALTER TABLE migration_ledger.change ALTER origin TYPE evil.version USING ROW ('a')::evil.version",
        "CREATE INDEX ON migration_ledger.change (id) WHERE evil.still('a')",
        "CREATE INDEX ON migration_ledger.origin (made_at) WHERE evil.still('a')",
        "DROP SEQUENCE migration_ledger.failure_count; CREATE VIEW migration_ledger.failure_count AS SELECT 0::bigint AS last_value, evil.attack() AS is_called",
        "CREATE TRIGGER fire BEFORE DELETE ON migration_ledger.change FOR EACH ROW EXECUTE FUNCTION evil.fire()",
        "ALTER TABLE migration_ledger.touched ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON migration_ledger.touched USING (evil.attack())"})
    void the_owner_of_capture_gains_nothing_from_its_readers(String change) throws Exception {
        try (Attacker attacker = Attacker.owningDatabase(18).withVersionTable()) {
            attacker.ownCapture().install(List.of(), null, null);
            attacker.run("UPDATE public.alembic_version SET version_num = 'b'", change);
            try (PostgresObserver watched = attacker.watched()) {
                Observation observed = watched.observe(List.of(), null);
                watched.forget(observed.table(),
                        observed.captured() instanceof LoggedChanges.Read read ? read.cursor() : "");
            }
            attacker.capture().status();
            assertThatThrownBy(() -> attacker.capture().install(List.of(), null, null))
                    .isInstanceOf(ObservationException.class)
                    .hasMessageContaining("belongs to role");
            attacker.server().run(attacker.database(), "CREATE TABLE public.by_superuser (id int)");
            try {
                attacker.capture().uninstall(false);
            } catch (ObservationException e) {
                assertThat(e).hasMessageMatching("(?s).*(migration_ledger|(is|are) not read).*");
            }
            assertThat(attacker.won()).isFalse();
        }
    }

    /** A role that owns nothing, and is granted things as they are created. */
    @Test
    void default_privileges_lead_nowhere() throws Exception {
        try (Attacker attacker = Attacker.mayCreate(18)) {
            String role = attacker.role();
            attacker.server().run(attacker.database(),
                    "ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO " + role,
                    "ALTER DEFAULT PRIVILEGES GRANT ALL ON FUNCTIONS TO " + role,
                    "ALTER DEFAULT PRIVILEGES GRANT ALL ON SEQUENCES TO " + role,
                    "ALTER DEFAULT PRIVILEGES GRANT ALL ON SCHEMAS TO " + role,
                    "CREATE TABLE public.alembic_version (version_num varchar(32) PRIMARY KEY)");
            attacker.capture().install(List.of(), null, null);
            for (String forbidden : List.of(
                    "CREATE TRIGGER fire BEFORE INSERT ON migration_ledger.change FOR EACH ROW EXECUTE FUNCTION evil.fire()",
                    "CREATE FUNCTION migration_ledger.write_change(oid, name, name, text, text, text) RETURNS void LANGUAGE sql AS ''",
                    "SELECT migration_ledger.attach('public', 'x')", "TABLE migration_ledger.change")) {
                assertThatThrownBy(() -> attacker.run(forbidden)).hasMessageContaining("permission denied");
            }
        }
    }

    /** One who could put a trigger on the log before that was taken back is found out. */
    @Test
    void a_trigger_on_the_log_is_refused() throws Exception {
        try (Attacker attacker = Attacker.mayCreate(18)) {
            attacker.server().run(attacker.database(),
                    "CREATE TABLE public.alembic_version (version_num varchar(32) PRIMARY KEY)");
            attacker.capture().install(List.of(), null, null);
            attacker.server().run(attacker.database(), "GRANT USAGE ON SCHEMA migration_ledger TO " + attacker.role(),
                    "GRANT TRIGGER ON migration_ledger.setting TO " + attacker.role());
            attacker.run(
                    "CREATE TRIGGER fire BEFORE UPDATE ON migration_ledger.setting FOR EACH ROW EXECUTE FUNCTION evil.fire()");
            assertThatThrownBy(() -> attacker.capture().install(List.of(), 100, null))
                    .hasMessageContaining(
                            "there is trigger fire on table migration_ledger.setting, which capture did not create");
            assertThat(attacker.won()).isFalse();
        }
    }

    /** A database can make its superusers play its owner, and the owner's code ends that play. */
    @ParameterizedTest
    @FieldSource("VERSIONS")
    void a_role_that_the_database_makes_one_play_is_not_trusted(int version) throws Exception {
        try (Attacker attacker = Attacker.owningDatabase(version).withVersionTable()) {
            attacker.ownCapture().install(List.of(), null, null);
            attacker.run(
                    "CREATE TRIGGER fire BEFORE UPDATE ON migration_ledger.setting FOR EACH ROW EXECUTE FUNCTION evil.fire()",
                    "CREATE INDEX ON public.alembic_version (version_num) WHERE evil.still('a')",
                    "ALTER DATABASE " + attacker.database() + " SET role = " + attacker.role());
            assertThatThrownBy(() -> attacker.capture().install(List.of(), 100, null))
                    .isInstanceOf(ObservationException.class)
                    .hasMessageContaining("runs as role '" + attacker.role() + "'");
            attacker.capture().status();
            try (PostgresObserver watched = attacker.watched()) {
                assertThatThrownBy(() -> watched.examine(null)).hasMessageContaining("is not read");
            }
            assertThat(attacker.won()).isFalse();
        }
    }

    @Test
    void a_trigger_that_only_has_the_name_is_reported() throws Exception {
        try (Attacker attacker = Attacker.owningDatabase(18).withVersionTable()) {
            attacker.run("CREATE FUNCTION evil.nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
                    "CREATE TRIGGER \"00_migration_ledger_change\" AFTER INSERT OR UPDATE OR DELETE ON public.alembic_version FOR EACH ROW EXECUTE FUNCTION evil.nothing()");
            assertThatThrownBy(() -> attacker.capture().install(List.of(), null, null))
                    .hasMessageContaining(
                            "There is a trigger \"00_migration_ledger_change\" on public.alembic_version that capture did not create");
        }
    }

    @ParameterizedTest
    @FieldSource("VERSIONS")
    void capture_can_be_left_to_a_role_without_rights(int version) throws Exception {
        try (Attacker attacker = Attacker.owningDatabase(version).withVersionTable()) {
            String keeper = attacker.server().newRole();
            attacker.server().run(attacker.database(),
                    "GRANT CREATE ON DATABASE " + attacker.database() + " TO " + keeper);
            attacker.run("GRANT TRIGGER ON public.alembic_version TO " + keeper);
            assertThat(attacker.capture().install(List.of(), null, keeper).eventTriggers()).isTrue();
            assertThat(attacker.capture().status().owner()).isEqualTo(keeper);
            try (Connection open = attacker.server().owner(attacker.database());
                    var row = open.createStatement().executeQuery(
                            """
                                    SELECT count(*) FROM (SELECT relowner FROM pg_class WHERE relnamespace = 'migration_ledger'::regnamespace
                                    UNION ALL SELECT proowner FROM pg_proc WHERE pronamespace = 'migration_ledger'::regnamespace) AS o (owner)
                                    WHERE owner <> '%s'::regrole"""
                                    .formatted(keeper))) {
                row.next();
                assertThat(row.getLong(1)).isZero();
            }
            attacker.run("CREATE TABLE public.more (id int)", "UPDATE public.alembic_version SET version_num = 'b'");
            assertThat(attacker.capture().status().undelivered()).isEqualTo(1);
            assertThat(attacker.capture().status().complaints()).isEmpty();
            assertThatThrownBy(() -> attacker.ownCapture().install(List.of(), null, keeper))
                    .hasMessageContaining("Role '" + keeper + "' cannot own capture");
        }
    }
}
