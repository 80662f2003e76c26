package dev.migrationledger.testsupport.postgresql;

import dev.migrationledger.testsupport.machine.Requirement;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Real PostgreSQL servers, one of each version, started when first asked for and shared by all tests of a run. Each test takes a
 * database of its own.
 */
public final class TestServers {

    /** The oldest that is supported, one in the middle, and the newest. */
    public static final List<Integer> VERSIONS = List.of(13, 15, 18);

    private static final int ON_THE_CLASS_PATH = 18;

    private static final Map<Integer, TestServers> RUNNING = new ConcurrentHashMap<>();

    private final int version;
    private final EmbeddedPostgres server;
    private final AtomicInteger databases = new AtomicInteger();

    private TestServers(int version, EmbeddedPostgres server) {
        this.version = version;
        this.server = server;
    }

    /**
     * The server of a major version; the calling test is skipped, with a reason, where there is none for this platform.
     *
     * @param version one of {@link #VERSIONS}
     */
    public static TestServers version(int version) {
        Path binaries = Path.of("target", "test-servers", version + ".jar");
        Requirement.met(version == ON_THE_CLASS_PATH || Files.exists(binaries), "there is no " + binaries
                + ", which the build fetches on Linux with an x86-64 processor only");
        return RUNNING.computeIfAbsent(version, it -> start(it, binaries));
    }

    private static TestServers start(int version, Path binaries) {
        try {
            // Otherwise the server would believe every password.
            Path access = Files.createTempFile("pg_hba", ".conf");
            access.toFile().deleteOnExit();
            Files.writeString(access, """
                    host all watcher all scram-sha-256
                    host all postgres all trust
                    host all +owners all trust
                    """);
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setServerConfig("track_commit_timestamp", "on")
                    .setServerConfig("hba_file", access.toString())
                    .setServerConfig("password_encryption", "scram-sha-256")
                    .setServerConfig("max_connections", "60")
                    // With hundreds of databases a worker would start several times a second.
                    .setServerConfig("autovacuum", "off")
                    // A dump, or a rollback of it, takes a lock on every table.
                    .setServerConfig("max_locks_per_transaction", "512");
            if (version == 13) {
                // Elsewhere off, as PostgreSQL comes.
                builder.setServerConfig("max_prepared_transactions", "5");
            }
            if (version != ON_THE_CLASS_PATH) {
                builder.setPgBinaryResolver((system, machine) -> archive(binaries));
            }
            TestServers started = new TestServers(version, builder.start());
            started.run("postgres", "CREATE ROLE watcher LOGIN PASSWORD 'se:cr@t/%'", "CREATE ROLE owners");
            started.run("template1", "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO watcher");
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream archive(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry packed = zip.stream()
                    .filter(entry -> entry.getName().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow(() -> new FileNotFoundException(jar + " holds no archive"));
            return new ByteArrayInputStream(zip.getInputStream(packed).readAllBytes());
        }
    }

    /** The major version. */
    public int version() {
        return version;
    }

    public int port() {
        return server.getPort();
    }

    /** A new empty database that the role watcher may read. */
    public String newDatabase() {
        String name = "db" + databases.incrementAndGet();
        create(name, "template1");
        return name;
    }

    /** A new database with all that is in another, which no one may use meanwhile. */
    public String copyOf(String database) {
        String name = "db" + databases.incrementAndGet();
        create(name, database);
        return name;
    }

    /** Since 15 the server copies by its log if nothing else is said, which takes three times the processor time. */
    private void create(String name, String template) {
        run("postgres", "CREATE DATABASE %s TEMPLATE %s%s".formatted(name, template,
                version >= 15 ? " STRATEGY FILE_COPY" : ""));
    }

    public void drop(String database) {
        run("postgres", "DROP DATABASE " + database + " WITH (FORCE)");
    }

    /** As the owner of everything. */
    public Connection owner(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port() + "/" + database + "?user=postgres&password=postgres");
    }

    /** A new role without any privilege that may log in. */
    public String newRole() {
        String role = "role" + databases.incrementAndGet();
        run("postgres", "CREATE ROLE " + role + " LOGIN IN ROLE owners");
        return role;
    }

    /** As a role of {@link #newRole()}. */
    public Connection as(String role, String database) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port() + "/" + database + "?user=" + role);
    }

    /** Runs statements as the owner, all in one transaction. */
    public void run(String database, String... statements) {
        try (Connection connection = owner(database); Statement statement = connection.createStatement()) {
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
    public String url(String database) {
        return "postgresql+asyncpg://watcher:se%3Acr%40t%2F%25@127.0.0.1:" + port() + "/" + database;
    }
}
