package dev.migrationledger.agent.database.postgresql.capture.install;

import dev.migrationledger.agent.database.capture.CaptureRemoval;
import dev.migrationledger.agent.database.postgresql.capture.LogTables;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Takes capture out of a database: everything of it, by name, and nothing else. */
public final class Removal {

    private static final List<String> TABLES = List.of("change", "touched", "failure", "setting", "version_table",
            "origin", "digest_key");
    private static final List<String> SEQUENCES = List.of("change_id", "failure_count", "lost_count");
    private static final List<String> FUNCTIONS = List.of(
            "capture_ddl()", "capture_drop()", "write_touched(jsonb)",
            "write_change(oid, text, text, text, text, text)", "attach(text, text)",
            "note_failure(text, text)", "drop_oldest()", "refuse_if_published()", "current_origin()",
            "wrote_catalogs(oid, text[])", "other_triggers(oid)", "redacted(text, text, text)", "statement_mark(text)",
            "written_tables()", "written_catalogs()",
            "forget(text, text, bigint, bigint[])");

    private final Connection connection;

    public Removal(Connection connection) {
        this.connection = connection;
    }

    /**
     * Removes all of it, unless something of it would be missed.
     *
     * @param evenUndelivered whether changes that no ledger has yet may be lost
     */
    public CaptureRemoval uninstall(boolean evenUndelivered) throws SQLException, CaptureRefused {
        return Transaction.of(connection, () -> {
            Present present = Present.in(connection);
            if (!present.schema()) {
                return new CaptureRemoval.NothingThere();
            }
            refuse(present);
            long undelivered = undelivered(evenUndelivered);
            if (undelivered > 0 && !evenUndelivered) {
                return new CaptureRemoval.Kept(undelivered);
            }
            remove();
            return new CaptureRemoval.Removed(undelivered);
        });
    }

    private void refuse(Present present) throws SQLException, CaptureRefused {
        if (present.version() == null) {
            throw new CaptureRefused(
                    "There is a schema migration_ledger in database '%s' that capture did not create; nothing was removed."
                            .formatted(present.database()));
        }
        if (!present.removable()) {
            throw new CaptureRefused("Capture in database '%s' belongs to role '%s'; uninstall as that role."
                    .formatted(present.database(), present.owner()));
        }
        List<String> foreign = foreign();
        if (!foreign.isEmpty()) {
            throw new CaptureRefused(
                    "In schema migration_ledger of database '%s' there is an object that capture did not create: %s; move or drop it, then uninstall again."
                            .formatted(present.database(), String.join(", ", foreign)));
        }
    }

    /** What depends on the schema and is none of ours, as the server describes it. */
    private List<String> foreign() throws SQLException {
        Set<String> ours = Set.of("change", "touched", "failure", "setting", "version_table", "origin", "digest_key",
                "change_id", "failure_count", "lost_count");
        List<String> foreign = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT c.relname::text AS relation, p.oid::regprocedure::text AS function,
                               pg_describe_object(d.classid, d.objid, 0) AS words
                        FROM pg_catalog.pg_depend d
                        LEFT JOIN pg_catalog.pg_class c ON d.classid = 'pg_class'::regclass AND c.oid = d.objid
                        LEFT JOIN pg_catalog.pg_proc p ON d.classid = 'pg_proc'::regclass AND p.oid = d.objid
                        WHERE d.refclassid = 'pg_namespace'::regclass
                          AND d.refobjid = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = 'migration_ledger')
                          AND d.deptype = 'n' AND d.classid <> 'pg_default_acl'::regclass
                        ORDER BY words""")) {
            while (row.next()) {
                String relation = row.getString("relation");
                String function = row.getString("function");
                boolean known = (relation != null && ours.contains(relation))
                        || (function != null && isOurs(function));
                if (!known) {
                    foreign.add(row.getString("words"));
                }
            }
        }
        return foreign;
    }

    private static boolean isOurs(String function) {
        String bare = function.replace("migration_ledger.", "").replace(",", ", ").replace(",  ", ", ");
        return bare.equals("capture_change()") || FUNCTIONS.contains(bare);
    }

    private long undelivered(boolean even) throws SQLException, CaptureRefused {
        String code = LogTables.lock(connection);
        if (code != null) {
            if (even) {
                return 0;
            }
            throw new CaptureRefused(
                    "The captured changes are not read, because %s could run its owner's code; discard them with --yes."
                            .formatted(code));
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT count(*) FROM migration_ledger.change WHERE operation <> 'ATTACH' AND origin = "
                                + LogTables.ORIGIN)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void remove() throws SQLException {
        execute("DROP EVENT TRIGGER IF EXISTS migration_ledger_ddl",
                "DROP EVENT TRIGGER IF EXISTS migration_ledger_drop");
        // Nothing can depend on it but the triggers that call it; their tables may belong to others.
        execute("DROP FUNCTION IF EXISTS migration_ledger.capture_change() CASCADE");
        for (String function : FUNCTIONS) {
            execute("DROP FUNCTION IF EXISTS migration_ledger." + function);
        }
        for (String table : TABLES) {
            execute("DROP TABLE IF EXISTS migration_ledger." + table);
        }
        for (String sequence : SEQUENCES) {
            execute("DROP SEQUENCE IF EXISTS migration_ledger." + sequence);
        }
        execute("DROP SCHEMA migration_ledger");
    }

    private void execute(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
