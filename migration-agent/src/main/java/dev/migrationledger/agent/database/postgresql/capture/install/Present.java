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
 * @param owned whether the role itself is the owner: to act as somebody is not to trust their code
 * @param removable whether the role may drop what the owner has
 * @param readable whether the role may read what was captured
 * @param mayCreate whether it may create a schema
 * @param played whether the database makes every session play this role
 */
record Present(
        boolean schema,
        @Nullable Integer version,
        String owner,
        boolean owned,
        boolean removable,
        boolean readable,
        boolean mayCreate,
        boolean played,
        String me,
        String database) {

    private static final String QUERY = """
            SELECT n.oid IS NOT NULL AS there, obj_description(n.oid, 'pg_namespace') AS comment,
                   coalesce(pg_get_userbyid(n.nspowner)::text, '') AS owner,
                   coalesce(pg_get_userbyid(n.nspowner) = current_user, false) AS owned,
                   coalesce(pg_has_role(n.nspowner, 'USAGE'), false) AS removable,
                   coalesce(has_schema_privilege(n.oid, 'USAGE'), false)
                   AND coalesce((SELECT bool_and(has_table_privilege(c.oid, 'SELECT')) FROM pg_catalog.pg_class c
                        WHERE c.relnamespace = n.oid AND c.relkind = 'r' AND c.relname <> 'digest_key'), false) AS readable,
                   has_database_privilege(current_database(), 'CREATE') AS may_create,
                   current_user <> session_user AND EXISTS (
                       SELECT FROM pg_catalog.pg_db_role_setting s JOIN pg_catalog.pg_database d ON d.oid = s.setdatabase,
                              unnest(s.setconfig) AS one
                       WHERE d.datname = current_database() AND s.setrole = 0 AND one LIKE 'role=%') AS played,
                   current_user::text AS me, current_database()::text AS db
            FROM (SELECT 1) AS one LEFT JOIN pg_catalog.pg_namespace n ON n.nspname = 'migration_ledger'""";

    static Present in(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(QUERY)) {
            row.next();
            return new Present(
                    row.getBoolean("there"), CaptureVersion.of(row.getString("comment")), row.getString("owner"),
                    row.getBoolean("owned"), row.getBoolean("removable"), row.getBoolean("readable"),
                    row.getBoolean("may_create"), row.getBoolean("played"), row.getString("me"), row.getString("db"));
        }
    }
}
