package dev.migrationledger.agent.database.postgresql.schema;

import dev.migrationledger.contracts.schema.CanonicalText;
import dev.migrationledger.contracts.schema.Definition;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Functions, procedures and aggregates: what they are in a word, and all of it as a digest. Not the constructors of ranges. */
final class FunctionReader {

    private final ReadingContext reading;

    FunctionReader(ReadingContext reading) {
        this.reading = reading;
    }

    void add() throws SQLException {
        reading.cursor.each(all(reading.major), row -> {
            long schema = row.getLong(2);
            if (reading.includes(schema) && !reading.isOfExtension("pg_proc", row.getLong(1))) {
                String name = CanonicalText.quoted(row.getString(3)) + "(" + row.getString(4) + ")";
                reading.add(reading.schema(schema), null, name,
                        Definition.Function.of(row.getString(10), definition(row)));
            }
        });
    }

    private String definition(ResultSet row) throws SQLException {
        String body = row.getString(11);
        String code = String.join("\0", row.getString(8), String.valueOf(row.getString(9)), row.getString(10),
                body == null ? "" : reading.canonical.ofQueries(body));
        String returns = row.getString(7);
        String what = switch (row.getString(5)) {
            case "p" -> "PROCEDURE";
            case "a" -> "AGGREGATE RETURNS " + returns;
            case "w" -> "WINDOW RETURNS " + returns;
            default -> "RETURNS " + returns;
        };
        return what + " LANGUAGE " + row.getString(6) + " " + ReadingContext.digest(code);
    }

    private static String all(int major) {
        return """
                SELECT p.oid, p.pronamespace, p.proname, oidvectortypes(p.proargtypes), p.prokind::text, l.lanname,
                       CASE WHEN p.proretset THEN 'SETOF ' ELSE '' END || format_type(p.prorettype, NULL),
                       ROW (p.provolatile, p.proisstrict, p.prosecdef, p.proleakproof, p.proparallel, p.procost, p.prorows,
                            p.proconfig, p.proargnames, p.proargmodes, p.probin, p.prosupport, p.provariadic <> 0,
                            (SELECT string_agg(format_type(t, NULL), ', ' ORDER BY i)
                               FROM unnest(p.proallargtypes) WITH ORDINALITY AS u (t, i)),
                            pg_get_expr(p.proargdefaults, 0))::text,
                       CASE WHEN p.prokind = 'a' THEN
                            ROW (a.aggkind, a.aggnumdirectargs, a.aggtransfn, a.aggfinalfn, a.aggcombinefn, a.aggserialfn,
                                 a.aggdeserialfn, a.aggmtransfn, a.aggminvtransfn, a.aggmfinalfn, a.aggfinalextra,
                                 a.aggmfinalextra, a.aggfinalmodify, a.aggmfinalmodify, a.aggsortop::regoperator,
                                 format_type(a.aggtranstype, NULL), a.aggtransspace, format_type(a.aggmtranstype, NULL),
                                 a.aggmtransspace, a.agginitval, a.aggminitval)::text END,
                       p.prosrc, %s
                FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang LEFT JOIN pg_aggregate a ON a.aggfnoid = p.oid
                WHERE p.oid >= 16384 AND NOT EXISTS (
                    SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'i')"""
                .formatted(major >= 14 ? "p.prosqlbody::text" : "NULL");
    }
}
