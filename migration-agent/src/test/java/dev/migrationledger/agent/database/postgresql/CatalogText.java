package dev.migrationledger.agent.database.postgresql;

import dev.migrationledger.testsupport.postgresql.TestServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A schema as PostgreSQL itself writes it, one line for each thing: what a dump of the schema says, without the order of columns,
 * owners, privileges and comments. It shares nothing with the reader that the agent has, so that it can be held against it.
 */
public final class CatalogText {

    /** A default that a script computes from the clock differs in each run. Its microseconds distinguish it from a literal. */
    private static final Pattern CLOCK = Pattern
            .compile("'20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{5,6}(?:[+-][\\d:]+)?'::timestamp");

    private static final String QUERY = """
            WITH ours AS (
              SELECT oid, nspname FROM pg_namespace n
              WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'
                AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_namespace'::regclass AND objid = n.oid AND deptype = 'e')),
            relation AS (
              SELECT c.*, c.oid::regclass::text AS called, n.nspname || '.' || c.relname AS full_name
              FROM pg_class c JOIN ours n ON n.oid = c.relnamespace
              WHERE c.relname NOT LIKE '%alembic_version%' AND c.relpersistence <> 't'
                AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype = 'e')),
            routine AS (
              SELECT p.* FROM pg_proc p JOIN ours n ON n.oid = p.pronamespace
              WHERE NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = p.oid AND deptype = 'e'))
            SELECT concat_ws(' ', 'schema', nspname) FROM ours WHERE nspname <> 'public'
            UNION ALL SELECT concat_ws(' ', 'extension', extname) FROM pg_extension
            UNION ALL SELECT concat_ws(' ', CASE relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned table'
                WHEN 'f' THEN 'foreign table' WHEN 'v' THEN 'view' ELSE 'materialized view' END, full_name,
                CASE relpersistence WHEN 'u' THEN 'unlogged' END, pg_get_partkeydef(oid), pg_get_expr(relpartbound, oid),
                CASE WHEN relrowsecurity THEN 'row security' END, CASE WHEN relkind IN ('v', 'm') THEN pg_get_viewdef(oid) END)
              FROM relation WHERE relkind IN ('r', 'p', 'f', 'v', 'm')
            UNION ALL SELECT concat_ws(' ', 'inherits', c.full_name, i.inhparent::regclass)
              FROM relation c JOIN pg_inherits i ON i.inhrelid = c.oid WHERE c.relkind NOT IN ('i', 'I')
            UNION ALL SELECT concat_ws(' ', 'column', r.full_name || '.' || a.attname, format_type(atttypid, atttypmod),
                CASE WHEN attnotnull THEN 'not null' END, 'default ' || pg_get_expr(d.adbin, d.adrelid),
                'identity ' || nullif(attidentity::text, ''), 'generated ' || nullif(attgenerated::text, ''), nullif(attcollation, 100)::text)
              FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid
              LEFT JOIN pg_attrdef d ON d.adrelid = r.oid AND d.adnum = a.attnum
              WHERE r.relkind IN ('r', 'p', 'f', 'm', 'c') AND attnum > 0 AND NOT attisdropped
            UNION ALL SELECT concat_ws(' ', 'index', pg_get_indexdef(i.indexrelid), CASE WHEN NOT indisvalid THEN 'invalid' END)
              FROM relation r JOIN pg_index i ON i.indexrelid = r.oid
            UNION ALL SELECT concat_ws(' ', 'constraint', r.full_name || '.' || conname, pg_get_constraintdef(c.oid))
              FROM relation r JOIN pg_constraint c ON c.conrelid = r.oid WHERE contype IN ('p', 'u', 'f', 'c', 'x')
            UNION ALL SELECT concat_ws(' ', 'sequence', r.full_name, format_type(seqtypid, NULL), seqstart, seqincrement, seqmin, seqmax,
                CASE WHEN seqcycle THEN 'cycle' END, 'owned by ' || (SELECT min(refobjid::regclass || '.' || attname) FROM pg_depend
                  JOIN pg_attribute ON attrelid = refobjid AND attnum = refobjsubid
                  WHERE classid = 'pg_class'::regclass AND objid = r.oid AND deptype IN ('a', 'i')))
              FROM relation r JOIN pg_sequence s ON s.seqrelid = r.oid
            UNION ALL SELECT concat_ws(' ', 'trigger', r.full_name, pg_get_triggerdef(t.oid), tgenabled)
              FROM relation r JOIN pg_trigger t ON t.tgrelid = r.oid WHERE NOT tgisinternal
            UNION ALL SELECT concat_ws(' ', 'policy', r.full_name, polname, polcmd, pg_get_expr(polqual, polrelid),
                pg_get_expr(polwithcheck, polrelid)) FROM relation r JOIN pg_policy p ON p.polrelid = r.oid
            UNION ALL SELECT concat_ws(' ', 'function', CASE WHEN prokind IN ('f', 'p') THEN pg_get_functiondef(oid)
                ELSE oid::regprocedure::text END) FROM routine
            UNION ALL SELECT concat_ws(' ', CASE typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' ELSE 'type' END,
                n.nspname || '.' || typname, (SELECT string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder)
                  FROM pg_enum WHERE enumtypid = t.oid), CASE typtype WHEN 'd' THEN format_type(typbasetype, typtypmod) END,
                CASE WHEN typnotnull THEN 'not null' END,
                (SELECT string_agg(pg_get_constraintdef(oid), ' ' ORDER BY conname) FROM pg_constraint WHERE contypid = t.oid))
              FROM pg_type t JOIN ours n ON n.oid = t.typnamespace LEFT JOIN pg_class c ON c.oid = t.typrelid
              WHERE (typtype IN ('e', 'd', 'r') OR c.relkind = 'c')
                AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_type'::regclass AND objid = t.oid AND deptype = 'e')
            """;

    private CatalogText() {}

    /** All but PostgreSQL's own, extensions' and the version table. */
    public static SortedSet<String> of(Connection connection) throws SQLException {
        SortedSet<String> lines = new TreeSet<>();
        try (Statement statement = connection.createStatement()) {
            // Names are written as short as the search path allows, which must be the same for all.
            statement.execute("SET search_path TO public");
            try (ResultSet rows = statement.executeQuery(QUERY)) {
                while (rows.next()) {
                    lines.add(CLOCK.matcher(rows.getString(1)).replaceAll("'when it ran'::timestamp"));
                }
            }
        }
        return lines;
    }

    public static SortedSet<String> of(String database) throws SQLException {
        try (Connection connection = TestServer.owner(database)) {
            return of(connection);
        }
    }
}
