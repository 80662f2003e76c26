package dev.migrationledger.agent.database.postgresql.schema;

import dev.migrationledger.contracts.schema.Definition;
import java.sql.SQLException;

/** Policies of row-level security. */
final class Policies {

    private static final String ALL = """
            SELECT p.polrelid, p.polname, p.polcmd::text, p.polpermissive,
                   CASE WHEN p.polroles = '{0}' THEN 'PUBLIC'
                        ELSE (SELECT string_agg(quote_ident(r.rolname), ', ' ORDER BY r.rolname)
                                FROM pg_roles r WHERE r.oid = ANY (p.polroles)) END,
                   p.polqual::text, p.polwithcheck::text
            FROM pg_policy p""";

    private final ReadingContext reading;

    Policies(ReadingContext reading) {
        this.reading = reading;
    }

    void add() throws SQLException {
        reading.cursor.each(ALL, row -> {
            Relation table = reading.relations.included(row.getLong(1));
            if (table != null) {
                String using = row.getString(6);
                String check = row.getString(7);
                reading.add(table.schema(), table.name(), row.getString(2), new Definition.Policy(
                        (row.getBoolean(4) ? "" : "RESTRICTIVE ") + "FOR " + command(row.getString(3))
                                + " TO " + row.getString(5)
                                + (using == null
                                        ? ""
                                        : " USING (" + reading.canonical.ofTable(using, table.oid()) + ")")
                                + (check == null
                                        ? ""
                                        : " WITH CHECK (" + reading.canonical.ofTable(check, table.oid()) + ")")));
            }
        });
    }

    private static String command(String code) {
        return switch (code) {
            case "r" -> "SELECT";
            case "a" -> "INSERT";
            case "w" -> "UPDATE";
            case "d" -> "DELETE";
            default -> "ALL";
        };
    }
}
