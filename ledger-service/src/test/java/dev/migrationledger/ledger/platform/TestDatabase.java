package dev.migrationledger.ledger.platform;

import dev.migrationledger.ledger.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** One PostgreSQL for all tests of a JVM, the ledger's own; a new empty database for each that asks. */
public final class TestDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    /** Of the packed PostgreSQL; the build sets it. */
    public static final String VERSION = System.getProperty("ledger.embedded.version", "18.6.0");

    /** Not durable, for speed; no test of this server ends it the hard way. */
    private static final Map<String, String> SETTINGS = Map.of("fsync", "off", "synchronous_commit", "off",
            "full_page_writes", "off", "autovacuum", "off", "max_connections", "200");

    private static final AtomicInteger COUNT = new AtomicInteger();

    /** The JDBC address of a new empty database, user and password included. */
    public static String create() {
        return copy("template1");
    }

    private static String copy(String template) {
        return create("test" + COUNT.incrementAndGet(), template);
    }

    private static String create(String name, String template) {
        EmbeddedPostgres server = Server.RUNNING;
        execute("drop database if exists " + name);
        execute("create database %s template %s strategy file_copy".formatted(name, template));
        return server.url(name) + "?user=" + server.user() + "&password=" + server.password();
    }

    /** Breaks off every connection to a database and accepts no new ones, as if it were down. */
    public static void close(String url) {
        execute("alter database %s allow_connections false".formatted(name(url)));
        execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = '%s'".formatted(name(url)));
    }

    /** Lets connections in again. */
    public static void open(String url) {
        execute("alter database %s allow_connections true".formatted(name(url)));
    }

    /** Makes a database answer and take nothing, as a standby and a full disk do. */
    public static void readOnly(String url, boolean so) {
        execute("alter database %s set default_transaction_read_only = %s".formatted(name(url), so));
        execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = '%s'".formatted(name(url)));
    }

    /** Frees the disk: a benchmark fills gigabytes. */
    public static void drop(String url) {
        execute("drop database if exists %s with (force)".formatted(name(url)));
    }

    private static String name(String url) {
        return url.substring(url.lastIndexOf('/') + 1, url.indexOf('?'));
    }

    private static void execute(String statement) {
        EmbeddedPostgres server = Server.RUNNING;
        try (Connection connection = DriverManager.getConnection(server.url("postgres"), server.user(),
                server.password());
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Gives the ledger under test a database of its own. */
    @Override
    public void initialize(ConfigurableApplicationContext context) {
        // A test that wants environments judged says when: events that come by themselves are part of no story.
        TestPropertyValues
                .of("spring.datasource.url=" + copy(Migrated.TEMPLATE), "spring.datasource.hikari.maximum-pool-size=4",
                        "ledger.automations=false")
                .applyTo(context);
    }

    /** A database with the tables of the ledger: a copy is there sooner than eighty migrations. */
    private static final class Migrated {
        static final String TEMPLATE = migrated("migrated");

        private static String migrated(String name) {
            Flyway.configure().dataSource(create(name, "template1"), null, null).defaultSchema("ledger").load()
                    .migrate();
            return name;
        }
    }

    private static final class Server {
        /** Kept from one run to the next, so that only the first has to unpack and to initialise. */
        static final EmbeddedPostgres RUNNING = EmbeddedPostgres.start(Path.of("target", "test-postgresql"), VERSION,
                SETTINGS);

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(RUNNING::close));
        }
    }
}
