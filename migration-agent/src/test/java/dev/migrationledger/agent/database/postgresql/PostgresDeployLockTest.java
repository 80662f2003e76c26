package dev.migrationledger.agent.database.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.database.DeployLock;
import dev.migrationledger.agent.database.ObservationException;
import dev.migrationledger.agent.database.VersionTableName;
import dev.migrationledger.testsupport.postgresql.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class PostgresDeployLockTest {

    private static final VersionTableName TABLE = new VersionTableName(null, "alembic_version");

    @ParameterizedTest
    @FieldSource("dev.migrationledger.testsupport.postgresql.TestServers#VERSIONS")
    void one_deploy_at_a_time_has_the_lock_of_a_version_table(int version) throws Exception {
        TestServers server = TestServers.version(version);
        PostgresUrl url = url(server, server.newDatabase());
        try (DeployLock first = lock(url, "public.alembic_version").orElseThrow()) {
            assertThat(first).isNotNull();
            assertThat(lock(url, "public.alembic_version")).isEmpty();
            lock(url, "tenant.alembic_version").orElseThrow().close();
            lock(url(server, server.newDatabase()), "public.alembic_version").orElseThrow().close();
        }
        lock(url, "public.alembic_version").orElseThrow().close();
    }

    @ParameterizedTest
    @FieldSource("dev.migrationledger.testsupport.postgresql.TestServers#VERSIONS")
    void no_migration_waits_for_it_and_it_outlives_the_limits_for_idle_transactions(int version) throws Exception {
        TestServers server = TestServers.version(version);
        String name = server.newDatabase();
        server.run(name, "CREATE TABLE customer (id int PRIMARY KEY)", "INSERT INTO customer VALUES (1), (2)",
                "ALTER ROLE watcher SET idle_in_transaction_session_timeout = '300ms'");
        PostgresUrl url = url(server, name);
        try (DeployLock lock = lock(url, "public.alembic_version").orElseThrow();
                Connection migration = server.owner(name)) {
            assertThat(lock).isNotNull();
            // Waits for every transaction that could still see the table as it was.
            execute(migration, "SET statement_timeout = '10s'");
            execute(migration, "SET lock_timeout = '1ms'");
            execute(migration, "CREATE INDEX CONCURRENTLY customer_id ON customer (id)");
            execute(migration, "DROP INDEX CONCURRENTLY customer_id");
            execute(migration, "VACUUM FULL customer");
            execute(migration, "DROP TABLE customer");
            Thread.sleep(600);
            assertThat(lock(url, "public.alembic_version")).isEmpty();
        } finally {
            server.run(name, "ALTER ROLE watcher RESET idle_in_transaction_session_timeout");
        }
    }

    private static Optional<DeployLock> lock(PostgresUrl url, String name) throws ObservationException {
        return url.lock(TABLE, name);
    }

    private static PostgresUrl url(TestServers server, String database) {
        return PostgresUrl.parse(server.url(database), "--database", Map.of());
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
