package dev.migrationledger.agent.database.postgresql.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.database.SchemaScope;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaObject;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import dev.migrationledger.testsupport.postgresql.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

class SchemaReaderTest {

    @ParameterizedTest
    @FieldSource("dev.migrationledger.testsupport.postgresql.TestServers#VERSIONS")
    void everything_reads_the_same_on_every_version(int version) throws Exception {
        TestServers server = TestServers.version(version);
        String database = server.newDatabase();
        server.run(database, Snapshots.resource("everything.sql"));

        SchemaSnapshot snapshot = Snapshots.of(server, database);

        update(snapshot);
        assertThat(Snapshots.listed(snapshot)).isEqualTo(Snapshots.resource("everything.txt"));
    }

    /** PostgreSQL accepts thousands of nested operators from any owner of a table. */
    @ParameterizedTest
    @ValueSource(ints = {250, 320, 600, 750, 1_500, 3_000})
    void a_deep_expression_ends_nothing(int operators) throws Exception {
        TestServers server = TestServers.version(TestServers.VERSIONS.getLast());
        String database = server.newDatabase();
        String deep = "a" + " || a".repeat(operators);
        server.run(database, """
                CREATE TABLE t (a text DEFAULT 'x'%1$s, CONSTRAINT c CHECK (a <> %2$s));
                CREATE INDEX i ON t ((%2$s)) WHERE a <> %2$s;
                CREATE VIEW v AS SELECT %2$s AS b FROM t""".formatted(" || 'x'".repeat(operators), deep));

        SchemaSnapshot snapshot = Snapshots.of(server, database);

        assertThat(snapshot.objects()).extracting(SchemaObject::object).contains(
                new ObjectName(ObjectKind.CONSTRAINT, "public", "t", "c"),
                new ObjectName(ObjectKind.INDEX, "public", null, "i"),
                new ObjectName(ObjectKind.VIEW, "public", null, "v"));
    }

    @ParameterizedTest
    @FieldSource("dev.migrationledger.testsupport.postgresql.TestServers#VERSIONS")
    void the_same_schema_made_in_another_way_reads_the_same(int version) throws Exception {
        TestServers server = TestServers.version(version);
        String one = server.newDatabase();
        String other = server.newDatabase();
        server.run(one,
                """
                        CREATE TYPE mood AS ENUM ('good', 'bad');
                        CREATE TABLE a (id serial PRIMARY KEY, m mood, t text NOT NULL DEFAULT 'x', CONSTRAINT ok CHECK (t <> 'y' AND m = 'bad'));
                        CREATE TABLE b (id integer PRIMARY KEY, a_id integer, CONSTRAINT fk FOREIGN KEY (a_id) REFERENCES a (id));
                        CREATE INDEX i ON b (a_id);
                        CREATE TABLE p (k integer, v text) PARTITION BY LIST (k);
                        CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
                        ALTER TABLE p ADD CONSTRAINT p_uq UNIQUE (k);
                        CREATE INDEX pv ON p (v);
                        CREATE VIEW v AS SELECT a.id, b.id AS b_id FROM a JOIN b ON b.a_id = a.id""");
        // Other object ids, another column order, a gap where a column was, another owner, names that the server chose otherwise.
        server.run(other, """
                CREATE TABLE filler (x serial PRIMARY KEY);
                CREATE TABLE b (a_id integer, gone text, id integer);
                CREATE TABLE a (t text, m integer, id serial);
                ALTER TABLE b DROP COLUMN gone;
                CREATE TYPE mood AS ENUM ('bad');
                ALTER TYPE mood ADD VALUE 'good' BEFORE 'bad';
                ALTER TABLE a DROP COLUMN m, ADD COLUMN m mood;
                ALTER TABLE b ADD PRIMARY KEY (id);
                ALTER TABLE a ADD PRIMARY KEY (id);
                ALTER TABLE a ALTER t SET DEFAULT 'x', ALTER t SET NOT NULL;
                CREATE INDEX i ON b (a_id);
                ALTER TABLE b ADD CONSTRAINT fk FOREIGN KEY (a_id) REFERENCES a (id);
                CREATE TABLE p (v text, k integer) PARTITION BY LIST (k);
                ALTER TABLE p ADD CONSTRAINT p_uq UNIQUE (k);
                CREATE TABLE p1 (k integer, v text);
                CREATE INDEX other_name ON p1 (v);
                ALTER TABLE p1 ADD CONSTRAINT another_name UNIQUE (k);
                ALTER TABLE p ATTACH PARTITION p1 FOR VALUES IN (1);
                CREATE INDEX pv ON p (v);
                CREATE VIEW v AS SELECT x.id, y.id AS b_id FROM a AS x JOIN b AS y ON y.a_id = x.id;
                DROP TABLE filler;
                ALTER TABLE a OWNER TO watcher""");
        server.run(other, "ALTER TABLE a ADD CONSTRAINT ok CHECK (t <> 'y' AND m = 'bad')");

        assertThat(Snapshots.listed(Snapshots.of(server, other)))
                .isEqualTo(Snapshots.listed(Snapshots.of(server, one)));
    }

    @ParameterizedTest
    @FieldSource("dev.migrationledger.testsupport.postgresql.TestServers#VERSIONS")
    void a_migration_that_holds_every_table_is_not_waited_for_and_never_waits(int version) throws Exception {
        TestServers server = TestServers.version(version);
        String database = server.newDatabase();
        server.run(database, Snapshots.resource("everything.sql"));
        String calm = Snapshots.listed(Snapshots.of(server, database));
        try (Connection migration = server.owner(database);
                Connection agent = server.owner(database);
                Connection onlooker = server.owner(database)) {
            migration.setAutoCommit(false);
            execute(migration, "LOCK TABLE app.customer, app.invoice, app.event, app.base IN ACCESS EXCLUSIVE MODE");
            // What a migration wrote and did not commit is not there.
            execute(migration, "ALTER TABLE app.customer DROP COLUMN tags CASCADE");
            execute(agent, "SET lock_timeout = '1ms'");
            execute(agent, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
            SchemaSnapshot snapshot = SchemaReader.read(agent, SchemaScope.ALL, Snapshots.versionTable(onlooker));

            assertThat(Snapshots.listed(snapshot)).isEqualTo(calm);
            try (Statement statement = onlooker.createStatement();
                    ResultSet locks = statement.executeQuery("""
                            SELECT string_agg(l.relation::regclass::text || ' ' || l.mode, ', ') FROM pg_locks l
                            WHERE l.pid = %d AND l.locktype = 'relation'
                              AND (l.relation >= 16384 OR l.mode <> 'AccessShareLock')"""
                            .formatted(agent.unwrap(PGConnection.class).getBackendPID()))) {
                assertThat(locks.next()).isTrue();
                assertThat(locks.getString(1)).isNull();
            }
            // The transaction that read is still open; one that wants everything does not wait for it.
            migration.rollback();
            execute(migration, "SET lock_timeout = '1ms'");
            execute(migration, "DROP SCHEMA app CASCADE");
            migration.rollback();
        }
    }

    @ParameterizedTest
    @FieldSource("dev.migrationledger.testsupport.postgresql.TestServers#VERSIONS")
    void only_the_chosen_schemas_are_read_and_names_keep_case_quotes_and_dots(int version) throws Exception {
        TestServers server = TestServers.version(version);
        String database = server.newDatabase();
        server.run(database, Snapshots.resource("everything.sql"));

        SchemaSnapshot chosen = Snapshots.of(server, database, new SchemaScope(List.of("My \"App\".x")));

        assertThat(chosen.objects()).filteredOn(object -> object.object().kind() != ObjectKind.EXTENSION)
                .extracting(SchemaObject::object).contains(
                        new ObjectName(ObjectKind.SCHEMA, null, null, "My \"App\".x"),
                        ObjectName.table("My \"App\".x", "T.able"),
                        ObjectName.column("My \"App\".x", "T.able", "Col umn"))
                .allMatch(name -> name.kind() == ObjectKind.SCHEMA || "My \"App\".x".equals(name.schema()));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void update(SchemaSnapshot snapshot) throws IOException {
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(Path.of("src/test/resources/schema/everything.txt"), Snapshots.listed(snapshot));
        }
    }
}
