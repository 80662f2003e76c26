package dev.migrationledger.agent.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.database.postgresql.capture.install.Installation;
import dev.migrationledger.testsupport.postgresql.TestServer;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;

/** Capture in a database of {@link TestServer}. */
final class TestCapture {

    private TestCapture() {}

    /** As a superuser, with event triggers. */
    static void install(String database) throws Exception {
        try (Connection connection = TestServer.owner(database)) {
            install(connection, true);
        }
    }

    /** As a role that owns the version table and little else: without event triggers. */
    static void installAsPlainOwner(String database) throws Exception {
        try (Connection connection = TestServer.owner(database); Statement statement = connection.createStatement()) {
            String role = "plain_" + database;
            statement.execute("CREATE ROLE " + role);
            statement.execute("GRANT CREATE ON DATABASE " + database + " TO " + role);
            statement.execute("GRANT CREATE ON SCHEMA public TO " + role);
            statement.execute("ALTER TABLE alembic_version OWNER TO " + role);
            statement.execute("SET ROLE " + role);
            install(connection, false);
        }
    }

    private static void install(Connection connection, boolean eventTriggers) throws Exception {
        assertThat(new Installation(connection, "public", "alembic_version").install(List.of("watcher"), null)
                .eventTriggers()).isEqualTo(eventTriggers);
    }
}
