package dev.migrationledger.agent.database.postgresql.capture.install;

import dev.migrationledger.agent.database.capture.CaptureInstallation;
import dev.migrationledger.agent.database.capture.CaptureStatus;
import dev.migrationledger.agent.database.postgresql.capture.CaptureVersion;
import dev.migrationledger.agent.database.postgresql.capture.ServerErrorText;
import dev.migrationledger.agent.database.postgresql.capture.TriggerQueries;
import dev.migrationledger.contracts.schema.CanonicalText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts capture into a database: one transaction, and no lock that is waited for. Everything lies in the schema {@code
 * migration_ledger}, apart from the triggers.
 */
public final class Installation {

    /** How many captured changes are kept at most, unless an option sets it. */
    public static final int USUAL_KEEP = 10_000;

    private static final String PARTS = """
            SELECT c.id, c.origin, c.xact, c.pid, c.user_name, c.application_name, c.client_address, c.statement, c.changed_at,
                   c.schema_name, c.table_name, c.operation, c.was, c.becomes, c.catalogs, c.tables, c.own, c.earlier, c.others,
                   t.id, t.origin, t.xact, t.pid, t.user_name, t.application_name, t.client_address, t.statement, t.changed_at,
                   t.objects, o.made_at, k.value, s.keep, v.schema_name, v.table_name, f.number, f.failed_at, f.state, f.message,
                   i.last_value, m.last_value, l.last_value
            FROM migration_ledger.change c, migration_ledger.touched t, migration_ledger.origin o, migration_ledger.digest_key k, migration_ledger.setting s,
                 migration_ledger.version_table v, migration_ledger.failure f, migration_ledger.change_id i,
                 migration_ledger.failure_count m, migration_ledger.lost_count l LIMIT 0""";

    /** What older versions captured is redacted when they are upgraded. */
    private static final int REDACTED_SINCE = 2;

    /** Not allowed, and there is one of that name that is not capture's. */
    private static final Set<String> NO_EVENT_TRIGGERS = Set.of("42501", "42710");

    private final Connection connection;
    private final String schema;
    private final String table;

    /**
     * For one database.
     *
     * @param connection its own, used for nothing else meanwhile
     * @param schema of the version table, which need not exist yet
     */
    public Installation(Connection connection, String schema, String table) {
        this.connection = connection;
        this.schema = schema;
        this.table = table;
    }

    /** As below, owned by the role that installs. */
    public CaptureInstallation install(List<String> readers, @Nullable Integer keep)
            throws SQLException, CaptureRefused {
        return install(readers, keep, null);
    }

    /**
     * Installs, upgrades in place, or repairs; what was captured stays.
     *
     * @param readers roles that may read what is captured, besides the owner
     * @param keep absent: as it is, or {@link #USUAL_KEEP}
     * @param owner the role that capture is to belong to, whose code the installing role trusts; absent: the installing role
     */
    public CaptureInstallation install(List<String> readers, @Nullable Integer keep, @Nullable String owner)
            throws SQLException, CaptureRefused {
        return Transaction.of(connection, () -> {
            String me = string("SELECT current_user");
            if (owner != null && !owner.equals(me)) {
                play(owner);
            }
            Present present = Present.in(connection);
            Integer before = installable(present, owner);
            if (!present.schema()) {
                execute("CREATE SCHEMA migration_ledger");
            }
            boolean published = isTrue("SELECT EXISTS (SELECT FROM pg_publication WHERE puballtables)");
            if (before == null || before < CaptureVersion.CURRENT || !isWhole()) {
                // Unlogged tables are sent to no subscriber, and a subscriber would stop at a table that it does not have.
                execute(published
                        ? script("tables.sql").replace("CREATE TABLE", "CREATE UNLOGGED TABLE")
                        : script("tables.sql"));
            }
            execute(script("functions.sql"));
            if (before != null && before < REDACTED_SINCE) {
                execute("UPDATE migration_ledger.change SET statement = migration_ledger.redacted(statement, was, becomes); "
                        + "UPDATE migration_ledger.touched SET statement = migration_ledger.redacted(statement, NULL, NULL)");
            }
            persist(published);
            execute("COMMENT ON SCHEMA migration_ledger IS " + literal(CaptureVersion.comment()));
            settle(keep);
            OwnParts.takeBackGrants(connection, before == null);
            refuseStrange(present);
            boolean attached = attach();
            for (String reader : readers) {
                grant(reader);
            }
            // Counting begins again: whoever installs again has seen what there was to see.
            execute("SELECT setval('migration_ledger.failure_count', 0, false), setval('migration_ledger.lost_count', 0, false)");
            // The event triggers have watched this as well.
            execute("DELETE FROM migration_ledger.failure; DELETE FROM migration_ledger.touched WHERE xact = txid_current()");
            // Only a superuser may create these, and the owner need not be one.
            play(me);
            String noEventTriggers = eventTriggers();
            return new CaptureInstallation(CaptureVersion.CURRENT, before, attached, noEventTriggers == null,
                    noEventTriggers);
        });
    }

    private void play(String role) throws SQLException, CaptureRefused {
        try {
            execute("SET LOCAL ROLE " + CanonicalText.inQuotes(role));
        } catch (SQLException e) {
            throw new CaptureRefused("Role '%s' cannot own capture: %s.".formatted(role, ServerErrorText.of(e)));
        }
    }

    private void refuseStrange(Present present) throws SQLException, CaptureRefused {
        String strange = OwnParts.strange(connection);
        if (strange != null) {
            throw new CaptureRefused(
                    "In schema migration_ledger of database '%s' there is %s, which capture did not create; drop it, then install again."
                            .formatted(present.database(), strange));
        }
    }

    private @Nullable Integer installable(Present present, @Nullable String owner) throws SQLException, CaptureRefused {
        if (present.played() && owner == null) {
            throw new CaptureRefused(
                    "Every session in database '%s' runs as role '%s'; trust that role with --owner %s, or connect with PGOPTIONS='-c role=none'."
                            .formatted(present.database(), present.me(), CanonicalText.inQuotes(present.me())));
        }
        if (!present.schema()) {
            if (!present.mayCreate()) {
                throw new CaptureRefused(
                        "Role '%s' may not create a schema in database '%s'. As its owner: GRANT CREATE ON DATABASE %s TO %s."
                                .formatted(present.me(), present.database(), CanonicalText.inQuotes(present.database()),
                                        CanonicalText.inQuotes(present.me())));
            }
            return null;
        }
        if (present.version() == null) {
            throw new CaptureRefused(
                    "There is a schema migration_ledger in database '%s' that capture did not create; rename it, then install again."
                            .formatted(present.database()));
        }
        if (present.version() > CaptureVersion.CURRENT) {
            throw new CaptureRefused(
                    "Capture in database '%s' has version %d, and this agent installs version %d; use the newer agent."
                            .formatted(present.database(), present.version(), CaptureVersion.CURRENT));
        }
        if (!present.owned()) {
            throw new CaptureRefused(
                    "Capture in database '%s' belongs to role '%s'; install as that role, or, if its code may run with your rights, with --owner %s."
                            .formatted(present.database(), present.owner(), CanonicalText.inQuotes(present.owner())));
        }
        refuseStrange(present);
        return present.version();
    }

    /** Where nothing is missing the log is left alone: to change it would take locks that a migration's capture waits for. */
    private boolean isWhole() throws SQLException {
        execute("SAVEPOINT whole");
        try {
            execute(PARTS);
            execute("RELEASE SAVEPOINT whole");
            return true;
        } catch (SQLException e) {
            execute("ROLLBACK TO SAVEPOINT whole");
            return false;
        }
    }

    private void persist(boolean published) throws SQLException {
        List<String> tables = strings("""
                SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = 'migration_ledger' AND c.relkind = 'r' AND c.relpersistence = '%s'"""
                .formatted(published ? "p" : "u"));
        for (String each : tables) {
            execute("ALTER TABLE migration_ledger." + CanonicalText.inQuotes(each)
                    + (published ? " SET UNLOGGED" : " SET LOGGED"));
        }
    }

    private void settle(@Nullable Integer keep) throws SQLException {
        if (keep != null) {
            execute("UPDATE migration_ledger.setting SET keep = " + keep);
        }
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO migration_ledger.version_table VALUES (?, ?) ON CONFLICT DO NOTHING")) {
            statement.setString(1, schema);
            statement.setString(2, table);
            statement.executeUpdate();
        }
    }

    /** Takes a lock on the version table only if something is missing there. */
    private boolean attach() throws SQLException, CaptureRefused {
        WatchedTable there = WatchedTable.in(connection, schema, table);
        if (there == null) {
            return false;
        }
        if (there.hindrance() != null) {
            throw new CaptureRefused(there.hindrance());
        }
        if (there.triggers() == 0) {
            try (PreparedStatement statement = connection.prepareStatement("SELECT migration_ledger.attach(?, ?)")) {
                statement.setString(1, schema);
                statement.setString(2, table);
                statement.execute();
            }
        } else if (there.trigger() == CaptureStatus.Trigger.DISABLED || there.triggers() == 1) {
            execute("DROP TRIGGER IF EXISTS \"00_migration_ledger_change\" ON %1$s; DROP TRIGGER IF EXISTS \"00_migration_ledger_truncate\" ON %1$s; SELECT migration_ledger.attach(%2$s, %3$s)"
                    .formatted(CanonicalText.inQuotes(schema) + "." + CanonicalText.inQuotes(table), literal(schema),
                            literal(table)));
        }
        return true;
    }

    private @Nullable String eventTriggers() throws SQLException {
        List<String> there = strings(
                "SELECT evtname FROM pg_event_trigger e WHERE " + TriggerQueries.OUR_EVENTS);
        execute("SAVEPOINT event_triggers");
        try {
            if (!there.contains("migration_ledger_ddl")) {
                execute("CREATE EVENT TRIGGER migration_ledger_ddl ON ddl_command_end EXECUTE FUNCTION migration_ledger.capture_ddl()");
            }
            if (!there.contains("migration_ledger_drop")) {
                execute("CREATE EVENT TRIGGER migration_ledger_drop ON sql_drop EXECUTE FUNCTION migration_ledger.capture_drop()");
            }
            if (isTrue(
                    "SELECT bool_or(evtenabled <> 'A') FROM pg_event_trigger WHERE evtname IN ('migration_ledger_ddl', 'migration_ledger_drop')")) {
                execute("ALTER EVENT TRIGGER migration_ledger_ddl ENABLE ALWAYS; ALTER EVENT TRIGGER migration_ledger_drop ENABLE ALWAYS");
            }
            return null;
        } catch (SQLException e) {
            if (!NO_EVENT_TRIGGERS.contains(String.valueOf(e.getSQLState()))) {
                throw e;
            }
            execute("ROLLBACK TO SAVEPOINT event_triggers");
            return there.size() == 2 ? null : ServerErrorText.of(e);
        }
    }

    private void grant(String reader) throws SQLException, CaptureRefused {
        try {
            execute(
                    """
                            GRANT USAGE ON SCHEMA migration_ledger TO %1$s;
                            GRANT SELECT ON ALL TABLES IN SCHEMA migration_ledger TO %1$s;
                            REVOKE ALL ON migration_ledger.digest_key FROM %1$s;
                            GRANT SELECT ON ALL SEQUENCES IN SCHEMA migration_ledger TO %1$s;
                            GRANT EXECUTE ON FUNCTION migration_ledger.forget(text, text, bigint, bigint[]) TO %1$s"""
                            .formatted(CanonicalText.inQuotes(reader)));
        } catch (SQLException e) {
            if ("42704".equals(e.getSQLState())) {
                throw new CaptureRefused(
                        "Role '%s' does not exist on this server; create it, or name another with --reader."
                                .formatted(reader));
            }
            throw e;
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private boolean isTrue(String query) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(query)) {
            return row.next() && row.getBoolean(1);
        }
    }

    private String string(String query) throws SQLException {
        return strings(query).getFirst();
    }

    private List<String> strings(String query) throws SQLException {
        List<String> strings = new ArrayList<>();
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                strings.add(row.getString(1));
            }
        }
        return strings;
    }

    private static String literal(String text) {
        return "E'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private static String script(String name) {
        try (InputStream stream = Installation.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " is missing in the jar");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
