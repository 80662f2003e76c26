package dev.migrationledger.agent.database.postgresql.schema;

import dev.migrationledger.contracts.text.Fingerprint;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A digest of the catalogs in one cheap statement: as long as it stays the same, the schema is the same. Another mark does not
 * mean another schema; only a snapshot tells. Each row counts with its own id and its writer (xmin), because only DDL writes most
 * catalogs. The rows of {@code pg_class}, however, are written by REFRESH, TRUNCATE, VACUUM FULL and GRANT too, so these count
 * with what they say. Temporary tables, which some applications make by the minute, do not count.
 */
public final class CatalogFingerprint {

    /** Raise it whenever {@link #STATEMENT} changes: the same catalogs then have another mark. */
    public static final int FORM = 1;

    /**
     * A catalog of which every row counts with its writer.
     *
     * @param id what names a row, a number
     * @param rows that count
     */
    private record Written(String catalog, String id, String rows) {

        /**
         * The writer is the seed of the hash. {@code hashint8} of both numbers in one would hash their exclusive or, so two rows could
         * swap their hashes when another transaction writes both.
         */
        String part() {
            return """
                    SELECT '%1$s' AS catalog, count(*) AS rows, sum(hashint8extended(%2$s::bigint, xmin::text::bigint)) AS hash
                    FROM pg_catalog.%1$s WHERE %3$s"""
                    .formatted(catalog, id, rows);
        }
    }

    private static final String NOT_TEMPORARY = " NOT IN (SELECT oid FROM temporary)";
    private static final String NOT_BUILT_IN = ">= 16384";

    private static final List<Written> WRITTEN = List.of(
            ofTable("pg_attribute", "attrelid", "attrelid", "attnum > 0"),
            ofTable("pg_attrdef", "oid", "adrelid", "true"),
            ofTable("pg_index", "indexrelid", "indrelid", "true"),
            ofTable("pg_constraint", "oid", "conrelid", "oid " + NOT_BUILT_IN),
            ofTable("pg_trigger", "oid", "tgrelid", "NOT tgisinternal"),
            ofTable("pg_policy", "oid", "polrelid", "true"),
            ofTable("pg_rewrite", "oid", "ev_class", "oid " + NOT_BUILT_IN),
            ofTable("pg_sequence", "seqrelid", "seqrelid", "true"),
            ofTable("pg_inherits", "inhrelid", "inhrelid", "true"),
            ofTable("pg_partitioned_table", "partrelid", "partrelid", "true"),
            new Written("pg_foreign_table", "ftrelid", "true"),
            new Written("pg_foreign_server", "oid", "true"),
            new Written("pg_type", "oid", "oid " + NOT_BUILT_IN + " AND typtype IN ('e', 'd', 'r')"),
            new Written("pg_enum", "oid", "true"),
            new Written("pg_proc", "oid", "oid " + NOT_BUILT_IN),
            new Written("pg_aggregate", "aggfnoid::oid", "aggfnoid::oid " + NOT_BUILT_IN),
            new Written("pg_operator", "oid", "oid " + NOT_BUILT_IN),
            new Written("pg_opclass", "oid", "oid " + NOT_BUILT_IN),
            new Written("pg_collation", "oid", "oid " + NOT_BUILT_IN),
            new Written("pg_depend", "objid", "refclassid = 'pg_extension'::regclass AND deptype = 'e'"));

    private static Written ofTable(String catalog, String id, String table, String rows) {
        return new Written(catalog, id, rows + (table.equals("conrelid") ? "" : " AND " + table + " " + NOT_BUILT_IN)
                + " AND " + table + NOT_TEMPORARY);
    }

    private static final String MEANT = """
            SELECT 'pg_class', count(*), sum(hashtextextended(concat_ws(' ', oid, relnamespace, relname, relkind, relpersistence, relam,
                   relrowsecurity, relforcerowsecurity, relreplident, reloftype, reloptions, relpartbound), 0))
            FROM pg_catalog.pg_class
            WHERE oid >= 16384 AND relpersistence <> 't' AND relkind <> 't' AND relnamespace <> 'pg_toast'::regnamespace
              AND oid NOT IN (SELECT indexrelid FROM pg_catalog.pg_index WHERE indrelid IN (SELECT oid FROM temporary))
            UNION ALL
            SELECT 'pg_namespace', count(*), sum(hashtextextended(concat_ws(' ', oid, nspname), 0))
            FROM pg_catalog.pg_namespace WHERE nspname !~ '^pg_(toast_)?temp_'
            UNION ALL
            SELECT 'pg_extension', count(*), sum(hashtextextended(concat_ws(' ', oid, extname, extnamespace), 0))
            FROM pg_catalog.pg_extension
            UNION ALL
            SELECT 'pg_roles', count(*), sum(hashtextextended(concat_ws(' ', oid, rolname), 0))
            FROM pg_catalog.pg_roles WHERE oid IN (SELECT unnest(polroles) FROM pg_catalog.pg_policy)""";

    static final String STATEMENT = Stream.concat(
            WRITTEN.stream().map(Written::part), Stream.of(MEANT))
            .collect(Collectors.joining(" UNION ALL ", """
                    WITH temporary AS MATERIALIZED (SELECT oid FROM pg_catalog.pg_class WHERE relpersistence = 't')
                    SELECT md5(string_agg(concat_ws(' ', catalog, rows, hash), ' ' ORDER BY catalog)) FROM (""",
                    ") AS parts"));

    private CatalogFingerprint() {}

    /** As the current transaction sees it. */
    public static Fingerprint read(Connection open) throws SQLException {
        try (Statement statement = open.createStatement(); ResultSet row = statement.executeQuery(STATEMENT)) {
            row.next();
            return new Fingerprint(FORM, row.getString(1));
        }
    }
}
