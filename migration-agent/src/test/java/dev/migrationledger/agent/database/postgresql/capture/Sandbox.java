package dev.migrationledger.agent.database.postgresql.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.database.capture.CaptureInstallation;
import dev.migrationledger.agent.database.capture.CaptureStatus;
import dev.migrationledger.agent.database.capture.CapturedTransaction;
import dev.migrationledger.agent.database.capture.LoggedChanges;
import dev.migrationledger.agent.database.postgresql.capture.install.CaptureRefused;
import dev.migrationledger.agent.database.postgresql.capture.install.Inspection;
import dev.migrationledger.agent.database.postgresql.capture.install.Installation;
import dev.migrationledger.testsupport.postgresql.TestServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A database of its own with a version table, owned by an ordinary role; closed with the test. */
final class Sandbox implements AutoCloseable {

    static final String VERSION_TABLE = "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))";

    private final TestServers server;
    private final String database;
    private final String owner;
    private final Connection session;

    private Sandbox(TestServers server, String database, String owner) throws SQLException {
        this.server = server;
        this.database = database;
        this.owner = owner;
        this.session = another();
    }

    static Sandbox on(int version) throws SQLException {
        TestServers server = TestServers.version(version);
        String database = server.newDatabase();
        String owner = server.newRole();
        server.run("postgres", "ALTER DATABASE " + database + " OWNER TO " + owner);
        server.run(database, "GRANT ALL ON SCHEMA public TO " + owner);
        Sandbox sandbox = new Sandbox(server, database, owner);
        sandbox.run(VERSION_TABLE);
        return sandbox;
    }

    /** The same database through the eyes of a superuser. */
    Sandbox asSuperuser() throws SQLException {
        session.close();
        return new Sandbox(server, database, "postgres");
    }

    String owner() {
        return owner;
    }

    String name() {
        return database;
    }

    TestServers server() {
        return server;
    }

    /** Another session of the owner. */
    Connection another() throws SQLException {
        Connection connection = owner.equals("postgres") ? server.owner(database) : server.as(owner, database);
        run(connection, "SET application_name = 'deploy'");
        return connection;
    }

    void install() throws SQLException, CaptureRefused {
        installed();
    }

    CaptureInstallation installed() throws SQLException, CaptureRefused {
        return installed(List.of());
    }

    CaptureInstallation installed(List<String> readers) throws SQLException, CaptureRefused {
        return new Installation(session, "public", "alembic_version").install(readers, null);
    }

    /** The one that migrates. */
    Connection session() {
        return session;
    }

    CaptureStatus status() throws SQLException {
        return new Inspection(session, "public", "alembic_version").status();
    }

    /** Statements of the one session that migrates, each by itself unless they say otherwise. */
    void run(String... statements) throws SQLException {
        run(session, statements);
    }

    static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    void transaction(String... statements) throws SQLException {
        run("BEGIN");
        run(statements);
        run("COMMIT");
    }

    List<CapturedTransaction> read() throws SQLException {
        return readLog(null).transactions();
    }

    LoggedChanges.Read readLog(@Nullable String cursor) throws SQLException {
        try (Connection reader = another()) {
            return (LoggedChanges.Read) readLog(reader, cursor);
        }
    }

    /** As an agent reads. */
    static LoggedChanges readLog(Connection reader, @Nullable String cursor) throws SQLException {
        run(reader, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        LoggedChanges captured = CaptureLog.read(reader, "public", "alembic_version", cursor);
        run(reader, "COMMIT");
        return captured;
    }

    long forget(String cursor) throws SQLException {
        try (Connection other = another()) {
            run(other, "BEGIN");
            long gone = CaptureLog.forget(other, "public", "alembic_version", cursor);
            run(other, "COMMIT");
            return gone;
        }
    }

    long failures() throws SQLException {
        return number("SELECT last_value + is_called::int FROM migration_ledger.failure_count");
    }

    long number(String query) throws SQLException {
        try (Statement statement = session.createStatement(); ResultSet row = statement.executeQuery(query)) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        session.close();
    }
}
