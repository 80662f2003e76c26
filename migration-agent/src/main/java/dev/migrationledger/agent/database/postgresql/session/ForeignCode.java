package dev.migrationledger.agent.database.postgresql.session;

import dev.migrationledger.contracts.schema.CanonicalText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Code that reading a table would run with the rights of whoever reads it. That is more than views and policies: when the server
 * plans a query it works out calls of immutable functions in indexes, statistics and checks. Types have casts and domains have
 * checks, so a column that is converted has to have a type of the server's own.
 */
public final class ForeignCode {

    /** Object ids from here on are not the server's own. */
    private static final int FIRST_OF_USERS = 16384;

    /**
     * Whatever of these tables, and of the tables below them, calls a function that is not the server's own. A table whose owner
     * is the session's user may call what it likes.
     */
    private static final String QUERY = """
            WITH RECURSIVE family (oid) AS (
                SELECT c.oid FROM pg_catalog.pg_class c WHERE c.oid = ANY (?::oid[])
                UNION SELECT i.inhrelid FROM pg_catalog.pg_inherits i JOIN family f ON f.oid = i.inhparent),
            member AS MATERIALIZED (
                SELECT c.oid, c.relkind FROM pg_catalog.pg_class c JOIN family f ON f.oid = c.oid
                WHERE pg_get_userbyid(c.relowner) <> session_user),
            part (classid, objid) AS (
                SELECT 'pg_class'::regclass, m.oid FROM member m
                UNION ALL SELECT 'pg_class'::regclass, i.indexrelid
                    FROM pg_catalog.pg_index i JOIN member m ON m.oid = i.indrelid
                UNION ALL SELECT 'pg_constraint'::regclass, k.oid
                    FROM pg_catalog.pg_constraint k JOIN member m ON m.oid = k.conrelid WHERE k.contype = 'c'
                UNION ALL SELECT 'pg_statistic_ext'::regclass, s.oid
                    FROM pg_catalog.pg_statistic_ext s JOIN member m ON m.oid = s.stxrelid
                UNION ALL SELECT 'pg_attrdef'::regclass, d.oid
                    FROM pg_catalog.pg_attrdef d JOIN member m ON m.oid = d.adrelid
                    JOIN pg_catalog.pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum AND a.attgenerated <> ''
                UNION ALL SELECT 'pg_policy'::regclass, p.oid
                    FROM pg_catalog.pg_policy p JOIN member m ON m.oid = p.polrelid WHERE row_security_active(m.oid))
            SELECT pg_describe_object('pg_class'::regclass, m.oid, 0) FROM member m
            WHERE m.relkind NOT IN ('r', 'p', 'S')
            UNION ALL
            SELECT pg_describe_object(p.classid, p.objid, 0) FROM part p
            JOIN pg_catalog.pg_depend d ON d.classid = p.classid AND d.objid = p.objid AND d.refobjid >= %1$d
            WHERE d.refclassid IN ('pg_proc'::regclass, 'pg_operator'::regclass)
               OR (d.refclassid = 'pg_type'::regclass
                   AND (p.classid <> 'pg_class'::regclass OR NOT EXISTS (SELECT FROM member m WHERE m.oid = p.objid)))
            LIMIT 1"""
            .formatted(FIRST_OF_USERS);

    private static final String UNDEFINED_TABLE = "42P01";

    private ForeignCode() {}

    /**
     * Locks a table as a SELECT does, so that nobody can exchange or alter it until the transaction ends, and says what would run.
     *
     * @param oid that the table was found by; where its name leads to another one now this fails as if there were none
     * @return as of {@link #in}
     */
    public static @Nullable String lock(Connection open, String schema, String table, long oid) throws SQLException {
        String name = CanonicalText.inQuotes(schema) + "." + CanonicalText.inQuotes(table);
        try (Statement statement = open.createStatement()) {
            statement.execute("LOCK TABLE " + name + " IN ACCESS SHARE MODE");
        }
        try (PreparedStatement statement = open.prepareStatement(
                "SELECT coalesce(to_regclass(?)::oid = ?::oid, false)")) {
            statement.setString(1, name);
            statement.setString(2, Long.toString(oid));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                if (!row.getBoolean(1)) {
                    throw new SQLException("the table was exchanged", UNDEFINED_TABLE);
                }
            }
        }
        return in(open, List.of(oid));
    }

    /**
     * What would run, as the server describes it ("index foo"); absent where nothing would.
     *
     * @param open in a pinned transaction that has locked these relations, at least in ACCESS SHARE mode
     * @param relations object ids of tables and sequences
     */
    public static @Nullable String in(Connection open, Collection<Long> relations) throws SQLException {
        try (PreparedStatement statement = open.prepareStatement(QUERY)) {
            statement.setString(1, relations.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}")));
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }
}
