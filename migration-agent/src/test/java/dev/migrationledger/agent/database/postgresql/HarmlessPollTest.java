package dev.migrationledger.agent.database.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.database.VersionTableName;
import dev.migrationledger.agent.database.capture.LoggedChanges;
import dev.migrationledger.agent.database.observation.Observation;
import dev.migrationledger.agent.database.observation.SchemaObservation;
import dev.migrationledger.agent.tool.MigrationTools;
import dev.migrationledger.testsupport.postgresql.TestServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The locks of a whole poll at its end: docs/benchmarks.md measures the rest. */
class HarmlessPollTest {

    private static final VersionTableName TABLE = new VersionTableName(null, MigrationTools.usualVersionTable());

    @ParameterizedTest
    @FieldSource("dev.migrationledger.testsupport.postgresql.TestServers#VERSIONS")
    void a_poll_waits_for_no_migration_and_no_migration_waits_for_a_poll(int version) throws Exception {
        TestServers server = TestServers.version(version);
        String name = server.newDatabase();
        server.run(name, "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)",
                "CREATE TABLE customer (id int PRIMARY KEY, name text DEFAULT 'nobody' CHECK (name <> ''))",
                "CREATE TABLE invoice (id int PRIMARY KEY, customer int REFERENCES customer)",
                "CREATE INDEX invoice_customer ON invoice ((customer + 1)) WHERE customer > 0",
                "CREATE VIEW customers AS SELECT name FROM customer");
        String owner = "postgresql://postgres@127.0.0.1:%d/%s".formatted(server.port(), name);
        new PostgresCaptureControl(url(owner), TABLE).install(List.of("watcher"), null, null);
        server.run(name, "INSERT INTO alembic_version VALUES ('a')");

        try (Connection migration = server.owner(name); Connection onlooker = server.owner(name)) {
            migration.setAutoCommit(false);
            execute(migration, "LOCK TABLE customer, invoice IN ACCESS EXCLUSIVE MODE");
            execute(migration, "ALTER TABLE customer ADD COLUMN tags text");
            try (HeldCommit<List<String>> held = HeldCommit.before(server.port(), () -> {
                migration.rollback();
                // Everything that a migration could want at once, at the end of a poll that read everything.
                execute(migration, "SET LOCAL lock_timeout = '1ms'");
                execute(migration, "DROP TABLE customer, invoice CASCADE");
                execute(migration, "UPDATE alembic_version SET version_num = 'b'");
                migration.rollback();
                return locks(onlooker);
            });
                    PostgresObserver database = new PostgresObserver(
                            url(server.url(name).replace(":" + server.port(), ":" + held.port())), TABLE)) {

                Observation observed = database.observe(Set.of(), null, null);

                assertThat(observed.schema()).isInstanceOf(SchemaObservation.Read.class);
                assertThat(observed.captured()).isInstanceOfSatisfying(LoggedChanges.Read.class,
                        read -> assertThat(read.transactions()).isNotEmpty());
                assertThat(held.seen().get()).contains("public.alembic_version AccessShareLock")
                        .allMatch(lock -> lock.endsWith(" AccessShareLock"))
                        .noneMatch(lock -> lock.contains("customer") || lock.contains("invoice"));
            }
        }
    }

    private static PostgresUrl url(String url) {
        return PostgresUrl.parse(url, "--database", Map.of());
    }

    /** All but the lock that every transaction has on itself. */
    private static List<String> locks(Connection onlooker) throws SQLException {
        List<String> locks = new ArrayList<>();
        try (Statement statement = onlooker.createStatement(); ResultSet row = statement.executeQuery("""
                SELECT coalesce(n.nspname || '.' || c.relname, l.locktype) || ' ' || l.mode
                FROM pg_locks l JOIN pg_stat_activity a USING (pid)
                LEFT JOIN pg_class c ON c.oid = l.relation LEFT JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE a.application_name = 'migration-agent' AND a.datname = current_database()
                  AND l.locktype <> 'virtualxid'""")) {
            while (row.next()) {
                locks.add(row.getString(1));
            }
        }
        return locks;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
