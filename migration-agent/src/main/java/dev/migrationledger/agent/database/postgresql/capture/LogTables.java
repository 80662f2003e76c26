package dev.migrationledger.agent.database.postgresql.capture;

import dev.migrationledger.agent.database.postgresql.session.ForeignCode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tables of the log, which belong to whoever installed capture. Before somebody else reads them it is made sure that nothing of
 * their owner's runs: that they are tables, of the types that capture gives them, and that nothing on them calls a function.
 */
public final class LogTables {

    /** Tells this log from every other, as {@code current_origin()} does, which is its owner's and so is not called. */
    public static final String ORIGIN = """
            (SELECT d.oid || '.' || 'migration_ledger.change'::regclass::oid || '.'
                    || coalesce((SELECT max(o.xmin::text) FROM migration_ledger.origin o), '')
             FROM pg_catalog.pg_database d WHERE d.datname = current_database())""";

    private static final String RELATIONS = """
            SELECT c.oid FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = 'migration_ledger' AND c.relkind NOT IN ('i', 'I', 't', 'c')""";

    private static final String LOCK = """
            LOCK TABLE migration_ledger.change, migration_ledger.touched, migration_ledger.origin, migration_ledger.setting,
                migration_ledger.version_table, migration_ledger.failure IN ACCESS SHARE MODE""";

    private static final String COLUMNS = """
            SELECT c.id, c.origin, c.xact, c.pid, c.user_name, c.application_name, c.client_address, c.statement, c.changed_at,
                   c.schema_name, c.table_name, c.operation, c.was, c.becomes, c.catalogs, c.tables, c.own, c.earlier, c.others, c.idle,
                   t.id, t.origin, t.xact, t.pid, t.user_name, t.application_name, t.client_address, t.statement, t.changed_at,
                   t.objects, o.made_at, s.only_row, s.keep, v.schema_name, v.table_name, f.number, f.failed_at, f.state, f.message
            FROM migration_ledger.change c, migration_ledger.touched t, migration_ledger.origin o, migration_ledger.setting s,
                 migration_ledger.version_table v, migration_ledger.failure f LIMIT 0""";

    private static final Set<String> TYPES = Set.of("int8", "int4", "text", "timestamptz", "jsonb", "bool");

    private LogTables() {}

    /**
     * Locks the tables as a SELECT does.
     *
     * @param open in a pinned transaction; this fails, and so ends it, where a part is missing
     * @return what would run, in a few words; absent if the tables can be read
     */
    public static @Nullable String lock(Connection open) throws SQLException {
        try (Statement statement = open.createStatement()) {
            statement.execute(LOCK);
            List<Long> relations = new ArrayList<>();
            try (ResultSet row = statement.executeQuery(RELATIONS)) {
                while (row.next()) {
                    relations.add(row.getLong(1));
                }
            }
            String code = ForeignCode.in(open, relations);
            return code != null ? code : ofAnotherType(statement);
        }
    }

    /**
     * Why the log is not read, a sentence.
     *
     * @param code as {@link #lock} says it
     */
    public static String refusal(String code) {
        return "The captured changes are not read: %s in schema migration_ledger could run its owner's code. Drop that, or run 'capture uninstall' and 'capture install'."
                .formatted(code);
    }

    /** The server describes the columns without converting anything. */
    private static @Nullable String ofAnotherType(Statement statement) throws SQLException {
        try (ResultSet none = statement.executeQuery(COLUMNS)) {
            ResultSetMetaData columns = none.getMetaData();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                if (!TYPES.contains(columns.getColumnTypeName(i))) {
                    return "the type of column " + columns.getColumnLabel(i);
                }
            }
            return null;
        }
    }
}
