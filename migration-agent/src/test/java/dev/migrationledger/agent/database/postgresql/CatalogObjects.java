package dev.migrationledger.agent.database.postgresql;

import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** Every object of a database but PostgreSQL's own, extensions' and the version table, straight from the catalogs. */
public final class CatalogObjects {

    private static final String QUERY = """
            WITH ours AS (
              SELECT oid, nspname FROM pg_namespace
              WHERE nspname NOT LIKE 'pg\\_%%' AND nspname <> 'information_schema'),
            extended AS (SELECT classid, objid FROM pg_depend WHERE deptype = 'e'),
            relation AS (
              SELECT c.*, n.nspname FROM pg_class c JOIN ours n ON n.oid = c.relnamespace
              WHERE ('pg_class'::regclass, c.oid) NOT IN (SELECT classid, objid FROM extended))
            SELECT 'SCHEMA', NULL, NULL, nspname, NULL FROM ours WHERE nspname <> 'public'
            UNION ALL SELECT 'EXTENSION', NULL, NULL, extname, NULL FROM pg_extension WHERE extname <> 'plpgsql'
            UNION ALL SELECT 'TABLE', nspname, NULL, relname, NULL FROM relation WHERE relkind IN ('r', 'p', 'f')
            UNION ALL SELECT 'VIEW', nspname, NULL, relname, NULL FROM relation WHERE relkind = 'v'
            UNION ALL SELECT 'MATERIALIZED_VIEW', nspname, NULL, relname, NULL FROM relation WHERE relkind = 'm'
            UNION ALL SELECT 'SEQUENCE', nspname, NULL, relname, NULL FROM relation WHERE relkind = 'S'
            UNION ALL SELECT 'INDEX', nspname, NULL, relname, NULL FROM relation
              WHERE relkind IN ('i', 'I') AND oid NOT IN (SELECT conindid FROM pg_constraint WHERE contype IN ('p', 'u', 'x'))
            UNION ALL SELECT 'COLUMN', nspname, relname, attname,
                format_type(atttypid, atttypmod) || CASE WHEN attnotnull THEN ' not null' ELSE '' END
              FROM relation JOIN pg_attribute ON attrelid = relation.oid
              WHERE relkind IN ('r', 'p', 'f') AND attnum > 0 AND NOT attisdropped
            UNION ALL SELECT 'CONSTRAINT', nspname, relname, conname, NULL
              FROM relation JOIN pg_constraint ON conrelid = relation.oid WHERE contype IN ('p', 'u', 'f', 'c', 'x')
            UNION ALL SELECT 'TRIGGER', nspname, relname, tgname, NULL
              FROM relation JOIN pg_trigger ON tgrelid = relation.oid WHERE NOT tgisinternal
            UNION ALL SELECT 'POLICY', nspname, relname, polname, NULL
              FROM relation JOIN pg_policy ON polrelid = relation.oid
            UNION ALL SELECT CASE t.typtype WHEN 'e' THEN 'ENUM' WHEN 'd' THEN 'DOMAIN' ELSE 'TYPE' END, nspname, NULL, typname, NULL
              FROM pg_type t JOIN ours n ON n.oid = t.typnamespace LEFT JOIN pg_class c ON c.oid = t.typrelid
              WHERE (t.typtype IN ('e', 'd', 'r') OR c.relkind = 'c')
                AND ('pg_type'::regclass, t.oid) NOT IN (SELECT classid, objid FROM extended)
            UNION ALL SELECT 'FUNCTION', nspname, NULL, proname || '(' || oidvectortypes(proargtypes) || ')', NULL
              FROM pg_proc p JOIN ours n ON n.oid = p.pronamespace
              WHERE ('pg_proc'::regclass, p.oid) NOT IN (SELECT classid, objid FROM extended)
            """
            .replace("%%", "%");

    private CatalogObjects() {}

    /** Each object with, for a column, its type and {@code not null}; empty for all others. */
    public static Map<ObjectName, String> of(Connection connection) throws SQLException {
        Map<ObjectName, String> objects = new HashMap<>();
        try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(QUERY)) {
            while (rows.next()) {
                ObjectName name = new ObjectName(
                        ObjectKind.valueOf(rows.getString(1)), rows.getString(2), rows.getString(3),
                        rows.getString(4));
                String definition = rows.getString(5);
                if (!"alembic_version".equals(name.table()) && !name.name().equals("alembic_version")) {
                    objects.put(name, definition == null ? "" : definition);
                }
            }
        }
        return objects;
    }
}
