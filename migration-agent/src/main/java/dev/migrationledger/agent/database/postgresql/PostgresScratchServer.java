package dev.migrationledger.agent.database.postgresql;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.database.ScratchDatabase;
import dev.migrationledger.agent.database.ScratchServer;
import dev.migrationledger.agent.database.VersionTableName;
import dev.migrationledger.contracts.schema.CanonicalText;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Databases of one run, whose names begin alike. While the run lives, its session holds an advisory lock with the run's number: databases
 * of a number that no session holds were left by a run that was killed, and the next run removes them.
 */
final class PostgresScratchServer implements ScratchServer {

    private static final int PATIENCE_SECONDS = 300;

    private static final String APPLICATION = "migration-agent rehearsal";

    private static final Pattern NAME = Pattern.compile("migration_rehearsal_([0-9a-f]{8})_\\w+");

    /** Tells these locks from those of other programs: "MLRH". */
    private static final int KIND = 0x4D4C5248;

    /** The server itself waits five seconds for sessions in a template to end. */
    private static final int ATTEMPTS = 3;

    private static final String STATE = """
            SELECT pg_catalog.pg_is_in_recovery(), r.rolsuper OR r.rolcreatedb,
                   (SELECT count(*) FROM pg_catalog.pg_stat_activity a
                    WHERE a.datname = pg_catalog.current_database() AND a.application_name = '%s'),
                   pg_catalog.current_setting('server_version'), pg_catalog.current_setting('server_version_num')::int
            FROM pg_catalog.pg_roles r WHERE r.rolname = CURRENT_USER""".formatted(PostgresUrl.AGENT);

    /** What extensions bring does not count: an image of the server may come with some. */
    private static final String CONTENT = """
            SELECT n.nspname || '.' || c.relname,
                   EXISTS (SELECT FROM pg_catalog.pg_attribute a
                           WHERE a.attrelid = c.oid AND a.attname = 'version_num' AND NOT a.attisdropped) AS version
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
              AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
              AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                              WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
            ORDER BY version DESC, 1 LIMIT 1""";

    /** A run may take longer than the server lets a session rest. Older servers have fewer of these settings. */
    private static final String NO_LIMIT = """
            SELECT set_config(name, '0', false) FROM pg_settings
            WHERE name IN ('idle_session_timeout', 'statement_timeout', 'lock_timeout')""";

    private static final String LEFT = """
            SELECT d.datname FROM pg_catalog.pg_database d
            WHERE d.datname LIKE 'migration\\_rehearsal\\_%' AND pg_catalog.pg_has_role(d.datdba, 'MEMBER')""";

    private static final String RUNNING = """
            SELECT l.objid::bigint FROM pg_catalog.pg_locks l
            WHERE l.locktype = 'advisory' AND l.classid::bigint = %d""".formatted(KIND);

    private final PostgresUrl url;
    private final String text;
    private final Connection connection;
    private final String product;
    private final boolean copiesByLog;
    private final int run = new SecureRandom().nextInt();
    private final Set<String> made = new HashSet<>();
    private boolean closed;

    private PostgresScratchServer(
            PostgresUrl url, String text, Connection connection, String version, int versionNumber) {
        this.url = url;
        this.text = text;
        this.connection = connection;
        this.product = "PostgreSQL " + version.split(" ", 2)[0];
        this.copiesByLog = versionNumber >= 150_000;
    }

    /**
     * Connects, looks whether databases may be made, and removes what killed runs left.
     *
     * @param text as it was typed
     */
    static PostgresScratchServer open(PostgresUrl url, String text) {
        Connection connection;
        try {
            connection = url.connect(PATIENCE_SECONDS, APPLICATION);
        } catch (SQLException e) {
            throw CommandFailure.unknown(String.valueOf(
                    new ConnectionErrors(url, new VersionTableName(null, "")).about(e).getMessage()));
        }
        try {
            PostgresScratchServer server = checked(url, text, connection);
            server.removeLeftovers();
            return server;
        } catch (SQLException e) {
            close(connection);
            throw failed(url, "be used for a rehearsal", e);
        } catch (CommandFailure e) {
            close(connection);
            throw e;
        }
    }

    private static PostgresScratchServer checked(PostgresUrl url, String text, Connection connection)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // Nothing that an owner of this database made is ever called.
            statement.execute("SET search_path = pg_catalog");
            statement.execute(NO_LIMIT);
            try (ResultSet content = statement.executeQuery(CONTENT)) {
                if (content.next()) {
                    throw CommandFailure.usage(
                            "Database '%s' of %s has the %s %s, so it may be in use. Name an empty database; scratch databases are made beside it."
                                    .formatted(url.database(), url.origin(),
                                            content.getBoolean(2) ? "version table" : "table",
                                            content.getString(1)));
                }
            }
            try (ResultSet state = statement.executeQuery(STATE)) {
                state.next();
                if (state.getLong(3) > 0) {
                    throw CommandFailure.usage(
                            "An agent watches database '%s' of %s. Name an empty database that is not watched."
                                    .formatted(url.database(), url.origin()));
                }
                if (state.getBoolean(1)) {
                    throw CommandFailure.usage(
                            "The server at %s is a standby, on which no database can be made. Name another server."
                                    .formatted(url.hosts()));
                }
                if (!state.getBoolean(2)) {
                    throw CommandFailure.unknown(
                            "User '%s' may not make databases on %s. As a superuser: ALTER ROLE %s CREATEDB."
                                    .formatted(url.user(), url.hosts(), CanonicalText.inQuotes(url.user())));
                }
                PostgresScratchServer server = new PostgresScratchServer(url, text, connection, state.getString(4),
                        state.getInt(5));
                server.lock();
                return server;
            }
        }
    }

    private void lock() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT pg_catalog.pg_advisory_lock(?, ?)")) {
            statement.setInt(1, KIND);
            statement.setInt(2, run);
            statement.execute();
        }
    }

    private void removeLeftovers() throws SQLException {
        List<String> left = new ArrayList<>();
        Set<Long> running = new HashSet<>();
        try (Statement statement = connection.createStatement()) {
            // In this order: a run that begins in between has no database yet.
            try (ResultSet row = statement.executeQuery(LEFT)) {
                while (row.next()) {
                    left.add(row.getString(1));
                }
            }
            try (ResultSet row = statement.executeQuery(RUNNING)) {
                while (row.next()) {
                    running.add(row.getLong(1));
                }
            }
        }
        for (String name : left) {
            Matcher parts = NAME.matcher(name);
            if (parts.matches() && !running.contains(Long.parseLong(parts.group(1), 16))) {
                dropped(name);
            }
        }
    }

    @Override
    public String product() {
        return product;
    }

    @Override
    public ScratchDatabase create(String purpose) {
        return made(purpose, "");
    }

    @Override
    public ScratchDatabase copy(ScratchDatabase of, String purpose) {
        // By its log the server would need three times as long.
        return made(purpose, " TEMPLATE " + CanonicalText.inQuotes(of.name())
                + (copiesByLog ? " STRATEGY FILE_COPY" : ""));
    }

    private synchronized ScratchDatabase made(String purpose, String how) {
        String name = "migration_rehearsal_%08x_%s".formatted(run, purpose);
        if (closed) {
            throw CommandFailure.unknown("The rehearsal was stopped.");
        }
        made.add(name);
        try (Statement statement = connection.createStatement()) {
            create(statement, "CREATE DATABASE " + CanonicalText.inQuotes(name) + how);
            statement
                    .execute("COMMENT ON DATABASE %s IS 'Scratch database of migration-agent merge rehearse'".formatted(
                            CanonicalText.inQuotes(name)));
        } catch (SQLException e) {
            throw failed(url, "make a database", e);
        }
        return new ScratchDatabase(name, url.inDatabase(name), url.textInDatabase(text, name));
    }

    /** A session of the tool may still be about to end. */
    private static void create(Statement statement, String sql) throws SQLException {
        for (int attempt = 1;; attempt++) {
            try {
                statement.execute(sql);
                return;
            } catch (SQLException e) {
                if (!"55006".equals(e.getSQLState()) || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    @Override
    public void stamp(ScratchDatabase database, VersionTableName table, String row) {
        String schema = table.schema() != null || table.searchPath() == null
                ? table.schema()
                : table.searchPath().schemas().stream().filter(name -> !name.startsWith("$")).findFirst().orElse(null);
        String name = (schema == null ? "" : CanonicalText.inQuotes(schema) + ".")
                + CanonicalText.inQuotes(table.table());
        try (Connection inside = url.inDatabase(database.name()).connect(PATIENCE_SECONDS, APPLICATION);
                Statement statement = inside.createStatement()) {
            if (schema != null) {
                statement.execute("CREATE SCHEMA IF NOT EXISTS " + CanonicalText.inQuotes(schema));
            }
            statement.execute("CREATE TABLE " + name + " (version_num varchar(32) PRIMARY KEY)");
            try (PreparedStatement insert = inside.prepareStatement("INSERT INTO " + name + " VALUES (?)")) {
                insert.setString(1, row);
                insert.executeUpdate();
            }
        } catch (SQLException e) {
            throw failed(url, "make the version table", e);
        }
    }

    @Override
    public synchronized void drop(ScratchDatabase database) {
        if (closed) {
            return;
        }
        try {
            dropped(database.name());
        } catch (SQLException e) {
            throw failed(url, "remove the scratch database '%s'".formatted(database.name()), e);
        }
    }

    private void dropped(String name) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + CanonicalText.inQuotes(name) + " WITH (FORCE)");
            made.remove(name);
        }
    }

    private static CommandFailure failed(PostgresUrl url, String what, SQLException e) {
        return CommandFailure.unknown("The server at %s cannot %s: %s.".formatted(url.hosts(), what,
                new ConnectionErrors(url, new VersionTableName(null, "")).words(e)));
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        List.copyOf(made).forEach(this::dropIfPossible);
        closed = true;
        close(connection);
    }

    private void dropIfPossible(String name) {
        try {
            dropped(name);
        } catch (SQLException e) {
            return; // The next run removes it.
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            return; // The server ends the session of a connection that is gone.
        }
    }
}
