package dev.migrationledger.agent.database.postgresql.capture.install;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether what is in the schema {@code migration_ledger} is its owner's and nothing hangs on it that would run when capture
 * writes. The functions write with the rights of that owner: whoever can put a function, a trigger or a rule of theirs in the way
 * has these rights as well.
 */
final class OwnParts {

    private static final String STRANGE = """
            WITH log AS (
                SELECT c.oid, c.relname, c.relkind, c.relowner, n.nspowner
                FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = 'migration_ledger')
            SELECT pg_describe_object('pg_class'::regclass, l.oid, 0) || ' of role ' || quote_ident(pg_get_userbyid(l.relowner))
            FROM log l WHERE l.relowner <> l.nspowner
            UNION ALL
            SELECT pg_describe_object('pg_proc'::regclass, p.oid, 0) || ' of role ' || quote_ident(pg_get_userbyid(p.proowner))
            FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
            WHERE n.nspname = 'migration_ledger' AND p.proowner <> n.nspowner
            UNION ALL
            SELECT pg_describe_object('pg_class'::regclass, l.oid, 0) FROM log l
            WHERE l.relkind <> CASE WHEN l.relname IN ('change', 'touched', 'origin', 'setting', 'version_table', 'failure', 'digest_key') THEN 'r'
                                    WHEN l.relname IN ('change_id', 'failure_count', 'lost_count') THEN 'S' ELSE l.relkind END
            UNION ALL
            SELECT pg_describe_object('pg_trigger'::regclass, t.oid, 0)
            FROM pg_catalog.pg_trigger t JOIN log l ON l.oid = t.tgrelid WHERE NOT t.tgisinternal
            UNION ALL
            SELECT pg_describe_object('pg_rewrite'::regclass, r.oid, 0)
            FROM pg_catalog.pg_rewrite r JOIN log l ON l.oid = r.ev_class WHERE l.relkind = 'r'
            UNION ALL
            SELECT pg_describe_object('pg_policy'::regclass, p.oid, 0) FROM pg_catalog.pg_policy p JOIN log l ON l.oid = p.polrelid
            UNION ALL
            SELECT pg_describe_object('pg_class'::regclass, i.inhrelid, 0)
            FROM pg_catalog.pg_inherits i JOIN log l ON l.oid = i.inhparent AND l.relkind = 'r'
            LIMIT 1""";

    /** Default privileges grant what nobody meant: a trigger on the log needs no more than that. Readers may read, and no more. */
    private static final String GRANTED = """
            SELECT format('REVOKE %s ON %s FROM %s', g.privilege, g.object,
                          CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END)
            FROM (
                SELECT format('%s migration_ledger.%I', CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, c.relname) AS object,
                       c.relowner AS owner, 'SELECT' AS allowed, a.grantee, a.privilege_type AS privilege
                FROM pg_catalog.pg_class c, aclexplode(c.relacl) a
                WHERE c.relnamespace = 'migration_ledger'::regnamespace AND c.relkind IN ('r', 'S')
                UNION ALL
                SELECT format('FUNCTION %s', p.oid::regprocedure), p.proowner,
                       CASE p.proname WHEN 'forget' THEN 'EXECUTE' ELSE '' END, a.grantee, a.privilege_type
                FROM pg_catalog.pg_proc p, aclexplode(p.proacl) a WHERE p.pronamespace = 'migration_ledger'::regnamespace
                UNION ALL
                SELECT 'SCHEMA migration_ledger', n.nspowner, 'USAGE', a.grantee, a.privilege_type
                FROM pg_catalog.pg_namespace n, aclexplode(n.nspacl) a WHERE n.nspname = 'migration_ledger') AS g
            WHERE g.grantee <> g.owner AND (g.privilege <> g.allowed OR g.grantee = 0 OR %s)""";

    private OwnParts() {}

    /** The first thing that is in the way, as the server describes it; absent where all is as capture makes it. */
    static @Nullable String strange(Connection connection) throws SQLException {
        List<String> found = strings(connection, STRANGE);
        return found.isEmpty() ? null : found.getFirst();
    }

    /** @param isNew whether nobody can have been made a reader yet */
    static void takeBackGrants(Connection connection, boolean isNew) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String revoke : strings(connection, GRANTED.replace("OR %s)", "OR " + isNew + ")"))) {
                statement.execute(revoke);
            }
        }
    }

    private static List<String> strings(Connection connection, String query) throws SQLException {
        List<String> strings = new ArrayList<>();
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                strings.add(row.getString(1));
            }
        }
        return strings;
    }
}
