package dev.migrationledger.agent.database.postgresql;

import dev.migrationledger.agent.database.SearchPath;
import dev.migrationledger.contracts.schema.CanonicalText;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Every statement that a poll sends. They read catalogs and the version table, and take no lock beyond ACCESS SHARE. */
final class CatalogQueries {

    /**
     * One snapshot for everything, so that rows and schema belong together: with a snapshot per statement, a migration that
     * commits between two of them would lend its traces to the wrong state. SET LOCAL ends with the transaction, which is what
     * a pooler in front of the server needs.
     */
    static final String BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; "
            + "SET LOCAL statement_timeout = '2s'; SET LOCAL lock_timeout = '200ms'; "
            + "SET LOCAL idle_in_transaction_session_timeout = '10s'";

    /** The one thing that an agent ever writes: it lets go of captured changes, in a schema of their own. */
    static final String BEGIN_FORGETTING = "BEGIN; SET LOCAL statement_timeout = '2s'; SET LOCAL lock_timeout = '200ms'";

    /** Raise it whenever {@link #DATABASE} tells databases apart in another way. */
    static final int DATABASE_FORM = 1;

    /**
     * The system identifier tells a cluster from every other; where a role may not ask for it, names have to do. Two equal
     * snapshots see the same rows: between them nobody committed anything.
     */
    static final String DATABASE = """
            SELECT d.oid || '@' || CASE WHEN has_function_privilege('pg_catalog.pg_control_system()', 'EXECUTE')
                     THEN (SELECT system_identifier::text FROM pg_catalog.pg_control_system()) ELSE d.datname END,
                   current_setting('track_commit_timestamp') = 'on',
                   pg_current_snapshot()::text
            FROM pg_catalog.pg_database d WHERE d.datname = current_database()""";

    /**
     * Everything of that name, those on the search path (the first argument) first. Asked of the catalogs rather than by a SELECT that may fail,
     * because a failure would not tell missing from forbidden.
     */
    static final String LOCATE = """
            SELECT c.oid, n.nspname, c.relkind::text,
                   coalesce(has_schema_privilege(n.oid, 'USAGE'), false),
                   coalesce(has_table_privilege(c.oid, 'SELECT'), false),
                   c.relrowsecurity AND row_security_active(c.oid),
                   EXISTS (SELECT FROM pg_catalog.pg_attribute a
                           WHERE a.attrelid = c.oid AND a.attname = 'version_num' AND NOT a.attisdropped),
                   array_position(?::text[], n.nspname::text) AS place,
                   (SELECT CASE WHEN a.atttypid IN ('varchar'::regtype, 'bpchar'::regtype) AND a.atttypmod > 4
                           THEN a.atttypmod - 4 END
                    FROM pg_catalog.pg_attribute a
                    WHERE a.attrelid = c.oid AND a.attname = 'version_num' AND NOT a.attisdropped) AS width,
                   (SELECT a.atttypid IN ('varchar'::regtype, 'bpchar'::regtype, 'text'::regtype)
                    FROM pg_catalog.pg_attribute a
                    WHERE a.attrelid = c.oid AND a.attname = 'version_num' AND NOT a.attisdropped) AS is_text
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relpersistence <> 't'
            ORDER BY place NULLS LAST, n.nspname""";

    /**
     * Tables with the one column of a version table, a text, and whether their rows can be read. A database of many tenants has many:
     * more than these are not listed one by one.
     */
    static final String ALL_VERSION_TABLES = """
            SELECT n.nspname, c.relname,
                   coalesce(has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT'), false)
                       AND NOT (c.relrowsecurity AND row_security_active(c.oid)),
                   c.oid
            FROM pg_catalog.pg_attribute a
            JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE a.attname = 'version_num' AND NOT a.attisdropped
              AND a.atttypid IN ('varchar'::regtype, 'bpchar'::regtype, 'text'::regtype) AND c.relkind IN ('r', 'p') AND c.relpersistence <> 't'
              AND NOT EXISTS (SELECT FROM pg_catalog.pg_attribute other
                              WHERE other.attrelid = c.oid AND other.attnum > 0 AND NOT other.attisdropped
                                AND other.attname <> 'version_num')
            ORDER BY n.nspname, c.relname LIMIT 50""";

    /** Characters of a row that are read: no script has a longer id, and somebody may have put a file there. */
    private static final int LONGEST_VERSION = 1000;

    /** More rows than any history has heads: a table with more is not a version table. */
    static final int MOST_ROWS = 1000;

    /** A catalog, and the column that says whose its rows are. */
    private record Catalog(String name, String owner) {}

    private static final List<Catalog> WRITTEN_BY_MIGRATIONS = List.of(
            new Catalog("pg_class", "oid"),
            new Catalog("pg_attribute", "attrelid"),
            new Catalog("pg_type", "oid"),
            new Catalog("pg_constraint", "oid"),
            new Catalog("pg_index", "indexrelid"),
            new Catalog("pg_attrdef", "adrelid"),
            new Catalog("pg_depend", "objid"),
            new Catalog("pg_description", "objoid"),
            new Catalog("pg_namespace", "oid"),
            new Catalog("pg_enum", "enumtypid"),
            new Catalog("pg_proc", "oid"),
            new Catalog("pg_trigger", "tgrelid"),
            new Catalog("pg_rewrite", "ev_class"),
            new Catalog("pg_policy", "polrelid"),
            new Catalog("pg_sequence", "seqrelid"),
            new Catalog("pg_inherits", "inhrelid"),
            new Catalog("pg_extension", "oid"),
            new Catalog("pg_statistic_ext", "stxrelid"),
            new Catalog("pg_default_acl", "oid"),
            new Catalog("pg_publication", "oid"),
            new Catalog("pg_publication_rel", "prrelid"));

    /**
     * Which catalog rows the given transactions wrote. Everything that belongs to the version table is left out, down to its
     * schema: the first stamp of a database creates them in its own transaction, and has run no migration for all that.
     */
    static final String TRACES = """
            WITH vt AS MATERIALIZED (SELECT oid, reltoastrelid, relnamespace FROM pg_catalog.pg_class WHERE oid = ?::oid),
            own AS MATERIALIZED (
                SELECT oid FROM vt
                UNION SELECT relnamespace FROM vt
                UNION SELECT reltoastrelid FROM vt WHERE reltoastrelid <> 0
                UNION SELECT i.indexrelid FROM pg_catalog.pg_index i JOIN vt ON i.indrelid IN (vt.oid, vt.reltoastrelid)
                UNION SELECT t.oid FROM pg_catalog.pg_type t JOIN vt ON t.typrelid = vt.oid
                UNION SELECT t.typarray FROM pg_catalog.pg_type t JOIN vt ON t.typrelid = vt.oid
                UNION SELECT k.oid FROM pg_catalog.pg_constraint k JOIN vt ON k.conrelid = vt.oid
                UNION SELECT d.oid FROM pg_catalog.pg_attrdef d JOIN vt ON d.adrelid = vt.oid
                UNION SELECT g.oid FROM pg_catalog.pg_trigger g JOIN vt ON g.tgrelid = vt.oid
                UNION SELECT p.oid FROM pg_catalog.pg_policy p JOIN vt ON p.polrelid = vt.oid),
            asked AS MATERIALIZED (SELECT ?::xid[] AS ids)
            SELECT writer::text, catalog, count(*) FROM (
            """
            + WRITTEN_BY_MIGRATIONS.stream()
                    .map(catalog -> """
                            SELECT xmin AS writer, '%1$s' AS catalog FROM pg_catalog.%1$s
                            WHERE xmin = ANY ((SELECT ids FROM asked)::xid[]) AND %2$s NOT IN (SELECT oid FROM own)
                            """.formatted(catalog.name, catalog.owner))
                    .collect(Collectors.joining("UNION ALL "))
            + ") AS written GROUP BY 1, 2 ORDER BY 1, 2";

    /** Which objects' own catalog rows the given transactions wrote. A row of a type stands for its table: altering a table leaves it as it was. */
    static final String TRACED_OBJECTS = """
            WITH asked AS MATERIALIZED (SELECT ?::pg_catalog.xid[] AS ids)
            SELECT writer::text, kind, n.nspname, relation, part FROM (
                SELECT t.xmin AS writer, CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED_VIEW' ELSE 'TABLE' END AS kind,
                       c.relnamespace AS namespace, c.relname AS relation, NULL::pg_catalog.name AS part
                FROM pg_catalog.pg_type t JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
                WHERE t.xmin = ANY ((SELECT ids FROM asked)::pg_catalog.xid[]) AND c.relkind IN ('r', 'p', 'f', 'v', 'm')
                UNION ALL
                SELECT t.xmin, 'ENUM', t.typnamespace, t.typname, NULL FROM pg_catalog.pg_type t
                WHERE t.xmin = ANY ((SELECT ids FROM asked)::pg_catalog.xid[]) AND t.typtype = 'e'
                UNION ALL
                SELECT i.xmin, 'INDEX', c.relnamespace, c.relname, NULL
                FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
                WHERE i.xmin = ANY ((SELECT ids FROM asked)::pg_catalog.xid[])
                UNION ALL
                SELECT a.xmin, 'COLUMN', c.relnamespace, c.relname, a.attname
                FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
                WHERE a.xmin = ANY ((SELECT ids FROM asked)::pg_catalog.xid[]) AND a.attnum > 0 AND NOT a.attisdropped
                  AND c.relkind IN ('r', 'p', 'f')
            ) AS written JOIN pg_catalog.pg_namespace n ON n.oid = written.namespace LIMIT 10000""";

    private CatalogQueries() {}

    /**
     * With each row's writer and, where the server tracks it, when that committed. The version is not converted, because a type's
     * owner may have made the conversion.
     */
    static String rows(String schema, String table, boolean timed) {
        return "SELECT pg_catalog.left(version_num, %d), xmin::text, %s FROM %s.%s LIMIT %d".formatted(
                LONGEST_VERSION,
                timed ? "pg_catalog.pg_xact_commit_timestamp(xmin)" : "NULL::timestamptz",
                CanonicalText.inQuotes(schema),
                CanonicalText.inQuotes(table),
                MOST_ROWS + 1);
    }

    /** The rows of another version table: enough of them to know whose they are. */
    static String versions(String schema, String table) {
        return "SELECT pg_catalog.left(version_num, %d) FROM %s.%s ORDER BY 1 LIMIT 20".formatted(LONGEST_VERSION,
                CanonicalText.inQuotes(schema), CanonicalText.inQuotes(table));
    }

    /** Names of a search path as a statement has them; absent without a path. */
    static @Nullable String quoted(@Nullable SearchPath path) {
        return path == null
                ? null
                : path.schemas().stream().map(CanonicalText::inQuotes).collect(Collectors.joining(", "));
    }
}
