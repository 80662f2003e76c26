package dev.migrationledger.agent.database.postgresql;

import static dev.migrationledger.testsupport.postgresql.TestServer.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.database.ObservationException;
import dev.migrationledger.agent.database.ObservationException.Kind;
import dev.migrationledger.agent.database.VersionTableName;
import dev.migrationledger.agent.database.observation.Observation;
import dev.migrationledger.agent.database.observation.SchemaObservation;
import dev.migrationledger.agent.tool.MigrationTools;
import dev.migrationledger.contracts.event.Clue.WrittenRows;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.text.Fingerprint;
import dev.migrationledger.testsupport.machine.FreePort;
import dev.migrationledger.testsupport.postgresql.TestServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresObserverTest {

    /** As Alembic creates it. */
    private static final String CREATE = "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))";

    private final String name = TestServer.newDatabase();
    private final List<PostgresObserver> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(PostgresObserver::close);
    }

    @Test
    void a_missing_table_an_empty_one_and_one_with_rows_are_told_apart() throws ObservationException {
        PostgresObserver database = watched();
        assertThat(database.observe(Set.of(), null).table())
                .isEqualTo(new VersionTable("public.alembic_version", VersionTable.State.MISSING, List.of()));

        run(name, CREATE);
        assertThat(database.observe(Set.of(), null).table().state()).isEqualTo(VersionTable.State.EMPTY);

        run(name, "INSERT INTO alembic_version VALUES ('c'), ('a'), ('b')");
        assertThat(database.observe(Set.of(), null).table())
                .isEqualTo(new VersionTable(
                        "public.alembic_version", VersionTable.State.PRESENT, List.of("a", "b", "c")));

        run(name, "DROP TABLE alembic_version");
        assertThat(database.observe(Set.of(), null).table().state()).isEqualTo(VersionTable.State.MISSING);
    }

    @Test
    void duplicate_rows_stay_two() throws ObservationException {
        run(name, "CREATE TABLE alembic_version (version_num VARCHAR(32))");
        run(name, "INSERT INTO alembic_version VALUES ('a'), ('a')");

        assertThat(watched().observe(Set.of(), null).table().rows()).containsExactly("a", "a");
    }

    @Test
    void a_table_of_another_name_in_another_schema_is_found_where_it_is_configured() throws ObservationException {
        run(name, "CREATE SCHEMA \"My App\"", "GRANT USAGE ON SCHEMA \"My App\" TO watcher",
                "CREATE TABLE \"My App\".\"Versions\" (version_num text)",
                "INSERT INTO \"My App\".\"Versions\" VALUES ('a')");

        assertThat(observeTable(new VersionTableName("My App", "Versions")).table())
                .isEqualTo(new VersionTable("My App.Versions", VersionTable.State.PRESENT, List.of("a")));
        assertThat(observeTable(new VersionTableName("elsewhere", "Versions")).table().name())
                .isEqualTo("elsewhere.Versions");
        assertThat(observeTable(new VersionTableName(null, "Versions")).table().state())
                .isEqualTo(VersionTable.State.MISSING);
    }

    @Test
    void a_role_that_may_not_read_learns_which_grant_is_missing() {
        run(name, CREATE, "REVOKE SELECT ON alembic_version FROM watcher");

        assertThat(failure(url(), MigrationTools.usualVersionTable()))
                .hasMessageContaining("GRANT SELECT ON \"public\".\"alembic_version\" TO \"watcher\"")
                .extracting(ObservationException::kind).isEqualTo(Kind.FORBIDDEN);

        run(name, "CREATE SCHEMA app", "CREATE TABLE app.alembic_version (version_num text)");
        PostgresObserver hidden = database(url(), new VersionTableName("app", "alembic_version"));
        assertThat(catchThrowableOfType(ObservationException.class, () -> hidden.observe(Set.of(), null)))
                .hasMessageContaining("GRANT USAGE ON SCHEMA \"app\" TO \"watcher\"");

        run(name, "REVOKE USAGE ON SCHEMA public FROM PUBLIC");
        assertThat(failure(url(), MigrationTools.usualVersionTable()))
                .hasMessageContaining("GRANT USAGE ON SCHEMA \"public\" TO \"watcher\"");

        run("postgres", "REVOKE CONNECT ON DATABASE " + name + " FROM PUBLIC");
        assertThat(failure(url(), MigrationTools.usualVersionTable()))
                .hasMessageContaining("GRANT CONNECT ON DATABASE \"" + name + "\" TO \"watcher\"");
    }

    @Test
    void row_level_security_is_no_empty_table() {
        run(name, CREATE, "INSERT INTO alembic_version VALUES ('a')",
                "ALTER TABLE alembic_version ENABLE ROW LEVEL SECURITY");

        assertThat(failure(url(), MigrationTools.usualVersionTable())).hasMessageContaining("Row-level security");
    }

    @Test
    void what_is_no_version_table_is_not_taken_for_one() {
        run(name, "CREATE TABLE alembic_version (id int)", "CREATE VIEW seen AS SELECT 1 AS version_num",
                "CREATE TABLE big AS SELECT n::text AS version_num FROM generate_series(1, 1001) n");

        assertThat(failure(url(), "alembic_version")).hasMessageContaining("no column version_num");
        assertThat(failure(url(), "seen")).hasMessageContaining("is a view");
        assertThat(failure(url(), "big")).hasMessageContaining("more than 1000 rows");
    }

    @Test
    void each_mistake_in_the_url_has_its_sentence_without_the_password() throws Exception {
        String server = "127.0.0.1:" + TestServer.port();
        int closed = FreePort.find();
        assertThat(failure("postgresql://watcher:se%3Acr%40t%2F%25@" + server + "/nothere", "v"))
                .hasMessageContaining("no database 'nothere'")
                .extracting(ObservationException::kind).isEqualTo(Kind.NO_DATABASE);
        assertThat(failure("postgresql://watcher:s3cret@127.0.0.1:" + closed + "/x", "v"))
                .hasMessageContaining("No PostgreSQL server answers at 127.0.0.1:" + closed)
                .hasMessageNotContaining("s3cret")
                .extracting(ObservationException::kind).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure("postgresql://watcher:s3cret@no-such-host.invalid/x", "v"))
                .hasMessageContaining("The host name in no-such-host.invalid")
                .hasMessageNotContaining("s3cret");
        assertThat(failure("postgresql://watcher:s3cret@" + server + "/" + name, "v"))
                .hasMessageContaining("does not accept the password of user 'watcher'")
                .hasMessageNotContaining("s3cret")
                .extracting(ObservationException::kind).isEqualTo(Kind.REJECTED);
        assertThat(failure("postgresql://watcher@" + server + "/" + name, "v"))
                .hasMessageContaining("asks for the password of user 'watcher'")
                .extracting(ObservationException::kind).isEqualTo(Kind.REJECTED);
        assertThat(failure("postgresql://watcher:s3cret@" + server + "/" + name + "?sslmode=require", "v"))
                .hasMessageContaining("cannot encrypt the connection")
                .hasMessageNotContaining("s3cret")
                .extracting(ObservationException::kind).isEqualTo(Kind.REJECTED);
        assertThatThrownBy(
                () -> failure("postgresql://watcher:s3cret@" + server + "/" + name + "?sslmode=sometimes", "v"))
                .isInstanceOf(CommandFailure.class).hasMessageContaining("sslmode")
                .hasMessageNotContaining("sometimes").hasMessageNotContaining("s3cret");
        assertThat(failure("postgresql://nobody:s3cret@" + server + "/" + name, "v"))
                .hasMessageContaining("'nobody'")
                .hasMessageNotContaining("s3cret")
                .extracting(ObservationException::kind).isEqualTo(Kind.REJECTED);
    }

    @Test
    void a_transaction_that_changes_the_schema_leaves_a_trace_and_a_stamp_does_not() throws ObservationException {
        PostgresObserver database = watched();
        // The first stamp of a database creates table, key and schema in its own transaction.
        run(name, CREATE, "INSERT INTO alembic_version VALUES ('a')");
        assertThat(database.observe(Set.of(), null).traces()).isEmpty();

        run(name, "CREATE TABLE users (id int PRIMARY KEY)", "UPDATE alembic_version SET version_num = 'b'");
        Observation applied = database.observe(Set.of(), null);
        assertThat(applied.traces()).containsOnlyKeys(applied.rows().getFirst().transaction());
        assertThat(applied.traces().values()).first().satisfies(trace -> assertThat(trace.rows())
                .extracting(WrittenRows::table).contains("pg_class"));

        run(name, "UPDATE alembic_version SET version_num = 'c'");
        assertThat(database.observe(Set.of(), null).traces()).isEmpty();
    }

    @Test
    void of_a_row_that_is_no_id_the_beginning_is_read() throws ObservationException {
        PostgresObserver database = watched();
        run(name, "CREATE TABLE alembic_version (version_num text)", "GRANT SELECT ON alembic_version TO watcher",
                "INSERT INTO alembic_version VALUES (repeat('x', 50000000)), ('a')");

        assertThat(database.observe(Set.of(), null).table().rows()).containsExactly("a", "x".repeat(1000));
    }

    @Test
    void a_first_stamp_that_also_creates_the_schema_of_the_version_table_leaves_no_trace() throws ObservationException {
        run(name, "CREATE SCHEMA app", "GRANT USAGE ON SCHEMA app TO watcher",
                "CREATE TABLE app.alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY, note text DEFAULT 'x')",
                "INSERT INTO app.alembic_version VALUES ('a')", "GRANT SELECT ON app.alembic_version TO watcher");

        assertThat(observeTable(new VersionTableName("app", "alembic_version")).traces()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "ALTER TABLE t ADD COLUMN b int",
        "ALTER TABLE t DROP COLUMN a",
        "ALTER TABLE t ALTER COLUMN a TYPE bigint",
        "ALTER TABLE t RENAME COLUMN a TO b",
        "ALTER TABLE t ADD CONSTRAINT positive CHECK (a > 0)",
        "CREATE INDEX ON t (a)",
        "CREATE TYPE mood AS ENUM ('good')",
        "ALTER TYPE colour ADD VALUE 'green'",
        "CREATE SCHEMA other",
        "COMMENT ON TABLE t IS 'new'",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE VIEW v AS SELECT a FROM t",
        "ALTER TABLE t ALTER COLUMN a SET DEFAULT 1"
    })
    void what_migrations_write_is_found_by_its_writer(String ddl) throws ObservationException {
        run(name, CREATE, "CREATE TABLE t (a int)", "CREATE TYPE colour AS ENUM ('red')",
                "INSERT INTO alembic_version VALUES ('a')");

        run(name, ddl, "UPDATE alembic_version SET version_num = 'b'");

        assertThat(watched().observe(Set.of(), null).traces()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "DROP TABLE t",
        "ALTER TABLE t DROP COLUMN a",
        "ALTER TABLE t DROP CONSTRAINT positive",
        "ALTER TABLE t ALTER COLUMN a DROP DEFAULT",
        "DROP INDEX i",
        "DROP TYPE colour",
        "DROP FUNCTION f()",
        "CREATE TABLE added (id int)"
    })
    void what_vanishes_changes_the_mark(String ddl) throws ObservationException {
        run(name, CREATE, "CREATE TABLE t (a int DEFAULT 1 CONSTRAINT positive CHECK (a > 0))",
                "CREATE INDEX i ON t (a)",
                "CREATE TYPE colour AS ENUM ('red')", "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'");
        PostgresObserver database = watched();
        Fingerprint before = database.observe(Set.of(), null).mark();

        run(name, ddl);

        assertThat(database.observe(Set.of(), null).mark()).isNotEqualTo(before);
    }

    @Test
    void what_a_running_database_does_by_itself_leaves_the_schema_alone() throws Exception {
        run(name, "CREATE TABLE t (a int)", "CREATE MATERIALIZED VIEW m AS SELECT a FROM t", "CREATE INDEX i ON t (a)");
        PostgresObserver database = watched();
        Observation before = database.observe(Set.of(), null, null);

        try (Connection session = TestServer.owner(name); Statement sql = session.createStatement()) {
            sql.execute("CREATE TEMPORARY TABLE scratch (id serial PRIMARY KEY, note text CHECK (note <> ''))");
            for (String daily : List.of("REFRESH MATERIALIZED VIEW m", "ANALYZE", "VACUUM FULL t", "TRUNCATE t",
                    "GRANT SELECT ON t TO watcher", "INSERT INTO scratch (note) VALUES ('x')")) {
                sql.execute(daily);
            }
            // So much goes on all the time that it must not even cause another read.
            assertThat(database.observe(Set.of(), null, before.mark()).schema())
                    .isEqualTo(new SchemaObservation.AsKnown());

            for (String rare : List.of("REINDEX INDEX CONCURRENTLY i", "GRANT SELECT (a) ON t TO watcher", CREATE)) {
                sql.execute(rare);
            }
            assertThat(database.observe(Set.of(), null, before.mark()).schema()).isIn(before.schema(),
                    new SchemaObservation.AsKnown());
        }
    }

    @Test
    void the_schema_is_read_when_it_is_unknown_or_may_have_changed() throws ObservationException {
        PostgresObserver database = watched();
        Observation first = database.observe(Set.of(), null, null);
        assertThat(first.schema()).isInstanceOf(SchemaObservation.Read.class);
        assertThat(database.observe(Set.of(), null, first.mark()).schema()).isEqualTo(new SchemaObservation.AsKnown());
        assertThat(database.observe(Set.of(), null).schema()).isEqualTo(new SchemaObservation.AsKnown());

        run(name, "CREATE TABLE t (a int)");

        assertThat(database.observe(Set.of(), null, first.mark()).schema()).isInstanceOfSatisfying(
                SchemaObservation.Read.class,
                read -> assertThat(read.snapshot().objects()).extracting(object -> object.object().dotted())
                        .containsExactly("public", "public.t", "public.t.a"));
    }

    @Test
    void a_commit_is_dated_where_the_server_tracks_it() throws ObservationException {
        Instant before = Instant.now().minusSeconds(1);
        run(name, CREATE, "INSERT INTO alembic_version VALUES ('a')");

        assertThat(watched().observe(Set.of(), null).rows().getFirst().committedAt()).isBetween(before, Instant.now());
    }

    @Test
    void a_locked_version_table_is_busy_and_the_next_poll_reads_it() throws Exception {
        run(name, CREATE);
        PostgresObserver database = watched();
        try (Connection migration = TestServer.owner(name); Statement sql = migration.createStatement()) {
            migration.setAutoCommit(false);
            sql.execute("LOCK TABLE alembic_version IN ACCESS EXCLUSIVE MODE");
            assertThat(catchThrowableOfType(ObservationException.class, () -> database.observe(Set.of(), null)).kind())
                    .isEqualTo(Kind.BUSY);
            migration.rollback();
        }
        assertThat(database.observe(Set.of(), null).table().state()).isEqualTo(VersionTable.State.EMPTY);
    }

    @Test
    void between_polls_the_connection_is_idle_and_holds_no_lock() throws Exception {
        run(name, CREATE, "INSERT INTO alembic_version VALUES ('a')");
        PostgresObserver database = watched();
        database.observe(Set.of(), null);

        try (Connection session = TestServer.owner(name);
                Statement sql = session.createStatement();
                ResultSet row = sql.executeQuery(
                        """
                                SELECT state, (SELECT count(*) FROM pg_locks l WHERE l.pid = a.pid)
                                FROM pg_stat_activity a WHERE datname = current_database() AND application_name = 'migration-agent'""")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo("idle");
            assertThat(row.getInt(2)).isZero();
            assertThat(row.next()).isFalse();
        }
    }

    @Test
    void a_connection_that_the_server_closed_is_replaced_within_the_poll() throws ObservationException {
        PostgresObserver database = watched();
        database.observe(Set.of(), null);

        run(name,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'migration-agent'");

        assertThat(database.observe(Set.of(), null).table().state()).isEqualTo(VersionTable.State.MISSING);
    }

    private String url() {
        return TestServer.url(name);
    }

    private Observation observeTable(VersionTableName table) throws ObservationException {
        return database(url(), table).observe(Set.of(), null);
    }

    private ObservationException failure(String url, String table) {
        PostgresObserver database = database(url, new VersionTableName(null, table));
        return catchThrowableOfType(ObservationException.class, () -> database.observe(Set.of(), null));
    }

    private PostgresObserver watched() {
        return database(url(), new VersionTableName(null, MigrationTools.usualVersionTable()));
    }

    private PostgresObserver database(String url, VersionTableName table) {
        PostgresObserver database = new PostgresObserver(PostgresUrl.parse(url, "--database", Map.of()), table);
        opened.add(database);
        return database;
    }
}
