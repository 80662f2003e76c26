package dev.migrationledger.agent.database.postgresql.capture.install;

import dev.migrationledger.agent.database.postgresql.capture.CaptureVersion;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * What of capture is in a database, and what the asking role may do about it.
 *
 * @param schema whether there is one of capture's name
 * @param version absent where there is none, or one that capture did not make
 * @param owner of the schema; empty without one
 * @param owned whether the role may act as the owner
 * @param readable whether the role may read what was captured
 * @param mayCreate whether it may create a schema
 */
record Present(
        boolean schema,
        @Nullable Integer version,
        String owner,
        boolean owned,
        boolean readable,
        boolean mayCreate,
        String me,
        String database) {

    private static final String QUERY = """
            SELECT n.oid IS NOT NULL AS there, obj_description(n.oid, 'pg_namespace') AS comment,
                   coalesce(pg_get_userbyid(n.nspowner)::text, '') AS owner,
                   coalesce(pg_has_role(n.nspowner, 'USAGE'), false) AS owned,
                   coalesce(has_schema_privilege(n.oid, 'USAGE'), false)
                   AND coalesce((SELECT bool_and(has_table_privilege(c.oid, 'SELECT')) FROM pg_catalog.pg_class c
                        WHERE c.relnamespace = n.oid AND c.relkind = 'r'), false)
                   AND coalesce((SELECT bool_and(has_function_privilege(p.oid, 'EXECUTE')) FROM pg_catalog.pg_proc p
                        WHERE p.pronamespace = n.oid AND p.proname = 'current_origin'), false) AS readable,
                   has_database_privilege(current_database(), 'CREATE') AS may_create,
                   current_user::text AS me, current_database()::text AS db
            FROM (SELECT 1) AS one LEFT JOIN pg_catalog.pg_namespace n ON n.nspname = 'migration_ledger'""";

    static Present in(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(QUERY)) {
            row.next();
            return new Present(
                    row.getBoolean("there"), CaptureVersion.of(row.getString("comment")), row.getString("owner"),
                    row.getBoolean("owned"), row.getBoolean("readable"), row.getBoolean("may_create"),
                    row.getString("me"), row.getString("db"));
        }
    }
}
