package dev.migrationledger.agent.database.postgresql.capture.install;

import dev.migrationledger.agent.database.capture.CaptureStatus.Trigger;
import dev.migrationledger.agent.database.postgresql.capture.TriggerQueries;
import dev.migrationledger.contracts.schema.CanonicalText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The table that is to be watched, as it is now.
 *
 * @param trigger the weaker of its two
 * @param triggers how many of the two it has
 * @param hindrance why none can be put on it, a sentence; absent if they can, or are there
 */
record WatchedTable(Trigger trigger, int triggers, @Nullable String hindrance) {

    private static final String QUERY = """
            SELECT c.relkind::text AS kind, pg_get_userbyid(c.relowner)::text AS owner, current_user::text AS me,
                   has_table_privilege(c.oid, 'TRIGGER') AS may_attach,
                   EXISTS (SELECT FROM pg_catalog.pg_attribute a
                           WHERE a.attrelid = c.oid AND a.attname = 'version_num' AND NOT a.attisdropped) AS has_column,
                   EXISTS (SELECT FROM pg_catalog.pg_attribute a
                           WHERE a.attrelid = c.oid AND a.attname = 'version_num' AND NOT a.attisdropped
                             AND a.atttypid IN ('varchar'::regtype, 'bpchar'::regtype, 'text'::regtype)) AS is_text,
                   (SELECT min(t.tgname) FROM pg_catalog.pg_trigger t
                    WHERE t.tgrelid = c.oid AND t.tgname IN ('00_migration_ledger_change', '00_migration_ledger_truncate')
                      AND (%1$s) IS NOT TRUE) AS strange,
                   (SELECT count(*) FROM pg_catalog.pg_trigger t WHERE t.tgrelid = c.oid AND %1$s) AS triggers,
                   (SELECT string_agg(t.tgenabled::text, '') FROM pg_catalog.pg_trigger t
                    WHERE t.tgrelid = c.oid AND %1$s) AS enabled
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f')"""
            .formatted(TriggerQueries.OURS);

    /** Absent where there is no such table. */
    static @Nullable WatchedTable in(Connection connection, String schema, String table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
            statement.setString(1, schema);
            statement.setString(2, table);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? of(row, schema, table) : null;
            }
        }
    }

    private static WatchedTable of(ResultSet row, String schema, String table) throws SQLException {
        String kind = row.getString("kind");
        int triggers = row.getInt("triggers");
        String enabled = row.getString("enabled") == null ? "" : row.getString("enabled");
        String hindrance = null;
        if (!kind.equals("r") && !kind.equals("p")) {
            hindrance = "%s.%s is a view or a foreign table; name the version table itself with --version-table and --version-table-schema."
                    .formatted(schema, table);
        } else if (!row.getBoolean("has_column")) {
            hindrance = "%s.%s has no column version_num, so it is not a version table; name the right one with --version-table and --version-table-schema."
                    .formatted(schema, table);
        } else if (!row.getBoolean("is_text")) {
            hindrance = "The column version_num of %s.%s is not varchar, text or char, so it is not captured; change its type, then install again."
                    .formatted(schema, table);
        } else if (row.getString("strange") != null) {
            hindrance = "There is a trigger %s on %s.%s that capture did not create; drop it, then install again."
                    .formatted(CanonicalText.inQuotes(row.getString("strange")), schema, table);
        } else if (triggers == 0 && !row.getBoolean("may_attach")) {
            hindrance = "Role '%s' may not put a trigger on the version table %s.%s. As its owner '%s': GRANT TRIGGER ON %s.%s TO %s."
                    .formatted(row.getString("me"), schema, table, row.getString("owner"),
                            CanonicalText.inQuotes(schema),
                            CanonicalText.inQuotes(table), CanonicalText.inQuotes(row.getString("me")));
        }
        return new WatchedTable(triggers < 2 ? Trigger.DETACHED : trigger(enabled), triggers, hindrance);
    }

    private static Trigger trigger(String enabled) {
        if (enabled.contains("D") || enabled.contains("R")) {
            return Trigger.DISABLED;
        }
        return enabled.contains("O") ? Trigger.ENABLED : Trigger.ALWAYS;
    }
}
