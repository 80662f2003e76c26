package dev.migrationledger.agent.database.postgresql;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** One real PostgreSQL server for all tests of the module; each test takes a database of its own. */
public final class TestServer {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static final class Running {
        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                // Otherwise the server would believe every password.
                Path access = Files.createTempFile("pg_hba", ".conf");
                access.toFile().deleteOnExit();
                Files.writeString(access, """
                        host all watcher all scram-sha-256
                        host all postgres all trust
                        """);
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("track_commit_timestamp", "on")
                        .setServerConfig("hba_file", access.toString())
                        .setServerConfig("max_connections", "60")
                        .start();
                run(server.getPort(), "postgres", "CREATE ROLE watcher LOGIN PASSWORD 'se:cr@t/%'");
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private TestServer() {}

    public static int port() {
        return Running.SERVER.getPort();
    }

    /** A new empty database that the role watcher may read. */
    public static String newDatabase() {
        String name = "db" + DATABASES.incrementAndGet();
        run(port(), "postgres", "CREATE DATABASE " + name);
        run(port(), name, "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO watcher");
        return name;
    }

    /** Runs statements as the owner, all in one transaction. */
    public static void run(String database, String... statements) {
        run(port(), database, statements);
    }

    public static Connection owner(String database) throws SQLException {
        return owner(port(), database);
    }

    private static Connection owner(int port, String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=postgres&password=postgres");
    }

    private static void run(int port, String database, String... statements) {
        try (Connection connection = owner(port, database); Statement statement = connection.createStatement()) {
            connection.setAutoCommit(statements.length == 1);
            for (String sql : statements) {
                statement.execute(sql);
            }
            if (statements.length > 1) {
                connection.commit();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As the role that may only read. */
    public static String url(String database) {
        return "postgresql+asyncpg://watcher:se%3Acr%40t%2F%25@127.0.0.1:" + port() + "/" + database;
    }
}
