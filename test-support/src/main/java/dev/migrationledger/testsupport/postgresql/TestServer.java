package dev.migrationledger.testsupport.postgresql;

import java.sql.Connection;
import java.sql.SQLException;

/** The newest of {@link TestServers}, for tests to which the version does not matter. */
public final class TestServer {

    private TestServer() {}

    private static TestServers newest() {
        return TestServers.version(18);
    }

    public static int port() {
        return newest().port();
    }

    /** A new empty database that the role watcher may read. */
    public static String newDatabase() {
        return newest().newDatabase();
    }

    /** A new database with all that is in another, which no one may use meanwhile. */
    public static String copyOf(String database) {
        return newest().copyOf(database);
    }

    public static void drop(String database) {
        newest().drop(database);
    }

    /** Runs statements as the owner, all in one transaction. */
    public static void run(String database, String... statements) {
        newest().run(database, statements);
    }

    public static Connection owner(String database) throws SQLException {
        return newest().owner(database);
    }

    /** As the role that may only read. */
    public static String url(String database) {
        return newest().url(database);
    }
}
