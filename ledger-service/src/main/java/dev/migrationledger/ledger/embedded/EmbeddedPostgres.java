package dev.migrationledger.ledger.embedded;

import dev.migrationledger.ledger.platform.DatabaseLost;
import dev.migrationledger.ledger.platform.StartupFailure;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;

/**
 * A PostgreSQL of the ledger's own on the loopback interface, with all it needs in one folder. It outlives a killed ledger;
 * the next one on the same folder ends it cleanly and starts it again. A ledger outlives it too: it starts it again.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);

    static final String USER = "ledger";

    /** The first port that is tried in a new folder; later starts keep the port they had. */
    private static final int FIRST_PORT = 15432;

    private static final String LOOPBACK = "127.0.0.1";

    /** How long a server that has just started may take to recover after one of its processes was killed. */
    private static final RetryPolicy AFTER_RECOVERY = RetryPolicy.builder()
            .predicate(failure -> DatabaseLost.in(failure).isPresent())
            .delay(Duration.ofMillis(200))
            .maxRetries(Long.MAX_VALUE)
            .timeout(Duration.ofSeconds(30))
            .build();

    /** What is acknowledged is on disk; nobody but this machine can connect. */
    private static final Map<String, String> SETTINGS = Map.of(
            "fsync", "on",
            "synchronous_commit", "on",
            "full_page_writes", "on",
            "listen_addresses", LOOPBACK,
            "unix_socket_directories", "",
            "timezone", "UTC",
            "log_timezone", "UTC");

    private final Path folder;
    private final String major;
    private final FolderLock lock;
    private final PostgresSupervisor supervisor;
    private final int port;
    private final String password;

    private EmbeddedPostgres(
            Path folder, String major, FolderLock lock, PostgresSupervisor supervisor, int port, String password) {
        this.folder = folder;
        this.major = major;
        this.lock = lock;
        this.supervisor = supervisor;
        this.port = port;
        this.password = password;
    }

    /**
     * Starts it, and makes it first where the folder is empty.
     *
     * @param version of the packed PostgreSQL, such as {@code 18.6.0}
     * @param settings of PostgreSQL, over the ledger's own
     * @throws StartupFailure if it cannot, with what to do about it
     */
    public static EmbeddedPostgres start(Path folder, String version, Map<String, String> settings) {
        Path home = folder.toAbsolutePath().normalize();
        try {
            PrivateFiles.createPrivate(home);
            FolderLock lock = FolderLock.take(home);
            try {
                return start(home, lock, version, settings);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            if (PrivateFiles.full(home)) {
                throw new StartupFailure(
                        "The disk of %s is full.".formatted(home), PrivateFiles.FREE_SPACE.formatted(home));
            }
            throw new StartupFailure(
                    "The ledger cannot use the folder %s: %s (%s)."
                            .formatted(home, e.getClass().getSimpleName(), e.getMessage()),
                    "Give this user write access to it, or set ledger.embedded.data-dir to another folder.");
        }
    }

    private static EmbeddedPostgres start(
            Path folder, FolderLock lock, String version, Map<String, String> settings) throws IOException {
        Path programs = folder.resolve("programs").resolve(version);
        PostgresArchive.unpackTo(programs);
        PostgresCluster cluster = new PostgresCluster(folder.resolve("data"), new PostgresPrograms(programs, folder));
        String major = version.substring(0, version.indexOf('.'));
        String password = preparedPassword(cluster, major, folder.resolve("password"));
        int port = freePort(portBefore(folder));
        Map<String, String> all = new LinkedHashMap<>(SETTINGS);
        all.putAll(settings);
        PostgresSupervisor.Start start = () -> cluster.start(port, all, folder.resolve("postgresql.log"));
        start.run();
        EmbeddedPostgres started = new EmbeddedPostgres(
                folder, major, lock, new PostgresSupervisor(cluster, start), port, password);
        started.createLedgerDatabase();
        started.publishUrl();
        return started;
    }

    /**
     * The password of {@link #USER}, in the folder, which only its owner can read; the cluster is made with it. One that was lost is
     * replaced: who owns the data may do so.
     */
    private static String preparedPassword(PostgresCluster cluster, String major, Path file) throws IOException {
        boolean lost = cluster.exists() && !Files.exists(file);
        String password = Files.exists(file) ? Files.readString(file).strip() : randomPassword();
        if (!lost) {
            PrivateFiles.writePrivate(file, password);
        }
        cluster.create(major, USER, file);
        cluster.stopLeftOver();
        if (lost) {
            cluster.setPassword(USER, password);
            PrivateFiles.writePrivate(file, password);
            LOG.warn("The password of the embedded PostgreSQL was missing; wrote a new one to {}.", file);
        }
        return password;
    }

    private static String randomPassword() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().encodeToString(random);
    }

    private static int portBefore(Path folder) throws IOException {
        Path file = connectionFile(folder);
        if (!Files.exists(file)) {
            return FIRST_PORT;
        }
        Properties properties = new Properties();
        properties.load(new StringReader(Files.readString(file)));
        return Integer.parseInt(properties.getProperty("port", Integer.toString(FIRST_PORT)));
    }

    private static int freePort(int preferred) {
        return IntStream.concat(IntStream.of(preferred), IntStream.range(FIRST_PORT, FIRST_PORT + 500))
                .filter(EmbeddedPostgres::free)
                .findFirst()
                .orElseThrow(() -> new StartupFailure(
                        "Ports %d to %d are all in use.".formatted(FIRST_PORT, FIRST_PORT + 499),
                        "Free one of them, or set spring.datasource.url to your own PostgreSQL."));
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(LOOPBACK), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Tries again when the server closes the session: it ends all sessions when the process of one is killed, then recovers. */
    private void createLedgerDatabase() {
        try {
            new RetryTemplate(AFTER_RECOVERY).execute(() -> {
                createMissingDatabase();
                return true;
            });
        } catch (RetryException e) {
            close();
            throw new StartupFailure(
                    "The embedded PostgreSQL in %s refuses the ledger's connection: %s".formatted(folder,
                            e.getCause().getMessage()),
                    "If its password is wrong, delete %s: the ledger then sets a new one and keeps the data."
                            .formatted(folder.resolve("password")));
        }
    }

    private void createMissingDatabase() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url("postgres"), USER, password);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select from pg_database where datname = 'ledger'")) {
            if (!found.next()) {
                try (Statement create = connection.createStatement()) {
                    create.execute("create database ledger");
                }
            }
        }
    }

    private void publishUrl() throws IOException {
        PrivateFiles.writePrivate(
                connectionFile(),
                """
                        # How to connect to the ledger's PostgreSQL from this machine while the ledger runs.
                        url=%s
                        port=%d
                        user=%s
                        password=%s
                        """
                        .formatted(url("ledger"), port, USER, password));
    }

    /** The JDBC address of one of its databases, without user and password. */
    public String url(String database) {
        return "jdbc:postgresql://%s:%d/%s".formatted(LOOPBACK, port, database);
    }

    public String user() {
        return USER;
    }

    public String password() {
        return password;
    }

    public Path folder() {
        return folder;
    }

    /** The major version, such as {@code 18}. */
    public String major() {
        return major;
    }

    /** Properties {@code url}, {@code port}, {@code user}, {@code password}; only the owner can read them. */
    public Path connectionFile() {
        return connectionFile(folder);
    }

    private static Path connectionFile(Path folder) {
        return folder.resolve("connection.properties");
    }

    /** Ends it cleanly. */
    @Override
    public void close() {
        try (lock) {
            supervisor.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
