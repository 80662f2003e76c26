package dev.migrationledger.sample;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;

/**
 * The ledger's embedded PostgreSQL server, where the sample keeps its own databases too.
 *
 * @param port on loopback
 * @param user who may make databases
 * @param prefix of the name of every database
 */
record SampleServer(int port, String user, String password, String prefix) {

    /** Who watches: may log in and read tables, and has nothing to hide on this machine. */
    static final String WATCHER = "navbot_watch";

    private static final String WATCHER_PASSWORD = "navbot";

    /** As the running ledger says in its data folder. */
    static SampleServer of(SampleLayout layout) throws IOException {
        Path file = layout.data().resolve("connection.properties");
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            throw new IllegalStateException("the sample does not run; start it with: mvn -Psample package", e);
        }
        return new SampleServer(
                Integer.parseInt(properties.getProperty("port")), properties.getProperty("user"),
                properties.getProperty("password"), "");
    }

    SampleServer prefixed(String more) {
        return new SampleServer(port, user, password, more);
    }

    /** Makes a database of this name, and lets an agent read in it, unless it is there. */
    void create(String name) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbc("postgres"));
                Statement statement = connection.createStatement()) {
            // Tests at once need the role at once.
            statement.execute("SELECT pg_advisory_lock(1)");
            if (!exists(statement, "SELECT FROM pg_roles WHERE rolname = '" + WATCHER + "'")) {
                statement.execute("CREATE ROLE " + WATCHER + " LOGIN PASSWORD '" + WATCHER_PASSWORD + "'");
            }
            if (!exists(statement, "SELECT FROM pg_database WHERE datname = '" + prefix + name + "'")) {
                statement.execute("CREATE DATABASE " + prefix + name);
            }
        }
        try (Connection connection = DriverManager.getConnection(jdbc(prefix + name));
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO " + WATCHER);
        }
    }

    /** How many events of agents the ledger has recorded about an environment, which is {@code project/environment}. */
    long recorded(String stream) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbc("ledger"));
                PreparedStatement count = connection.prepareStatement(
                        "SELECT count(*) FROM ledger.event WHERE stream = ? AND payload_type LIKE 'agent.%'")) {
            count.setString(1, stream);
            try (ResultSet result = count.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        }
    }

    /** How many events of this type the ledger has recorded about a project and all of its environments. */
    long recorded(String project, String type) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbc("ledger"));
                PreparedStatement count = connection.prepareStatement(
                        "SELECT count(*) FROM ledger.event WHERE split_part(stream, '/', 1) = ? AND payload_type = ?")) {
            count.setString(1, project);
            count.setString(2, type);
            try (ResultSet result = count.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        }
    }

    /** How many events of any kind the ledger has recorded about a project and all of its environments. */
    long recordedAbout(String project) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbc("ledger"));
                PreparedStatement count = connection.prepareStatement(
                        "SELECT count(*) FROM ledger.event WHERE split_part(stream, '/', 1) = ?")) {
            count.setString(1, project);
            try (ResultSet result = count.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        }
    }

    SampleDatabase database(String name, Map<String, SampleStep> steps) {
        return new SampleDatabase(jdbc(prefix + name), steps);
    }

    /** For an agent. */
    String watchUrl(String name) {
        return "postgresql://%s:%s@127.0.0.1:%d/%s".formatted(WATCHER, WATCHER_PASSWORD, port, prefix + name);
    }

    /** For Alembic, and to install capture. */
    String ownerUrl(String name) {
        return "postgresql://%s:%s@127.0.0.1:%d/%s".formatted(user, password, port, prefix + name);
    }

    /** For what a test asks the database itself. */
    String jdbc(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s?user=%s&password=%s&ApplicationName=navbot".formatted(port, database,
                user, password);
    }

    private static boolean exists(Statement statement, String query) throws SQLException {
        try (ResultSet result = statement.executeQuery(query)) {
            return result.next();
        }
    }
}
