package dev.migrationledger.agent.database.postgresql;

import dev.migrationledger.agent.database.Database;
import dev.migrationledger.agent.database.DatabaseContract;
import dev.migrationledger.testsupport.postgresql.TestServers;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.FieldSource;

/** The contract of the port, with PostgreSQL of each supported version. */
@ParameterizedClass(name = "PostgreSQL {0}")
@FieldSource("dev.migrationledger.testsupport.postgresql.TestServers#VERSIONS")
class PostgresContractTest extends DatabaseContract {

    private final TestServers server;

    PostgresContractTest(int version) {
        this.server = TestServers.version(version);
    }

    @Override
    protected Database kind() {
        return new PostgresDatabase();
    }

    @Override
    protected Server server() {
        return new PostgresServer(server);
    }

    private record PostgresServer(TestServers server) implements Server {

        @Override
        public String newDatabase() {
            return server.newDatabase();
        }

        @Override
        public void run(String database, String... statements) {
            server.run(database, statements);
        }

        @Override
        public String reader(String database) {
            return server.url(database);
        }

        @Override
        public String readerAt(int port) {
            return server.url("db").replace(":" + server.port() + "/", ":" + port + "/");
        }

        @Override
        public String password() {
            return "se:cr@t/%";
        }

        @Override
        public String owner(String database) {
            return "postgresql://postgres:postgres@127.0.0.1:%d/%s".formatted(server.port(), database);
        }

        @Override
        public String role() {
            return "watcher";
        }

        /** The test server of version 13 allows prepared transactions, and these forbid NOTIFY. */
        @Override
        public boolean notifies() {
            return server.version() != 13;
        }

        @Override
        public void forbid(String database) {
            server.run(database, "REVOKE SELECT ON alembic_version FROM watcher");
        }
    }
}
