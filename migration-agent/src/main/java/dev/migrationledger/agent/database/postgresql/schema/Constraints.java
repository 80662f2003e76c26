package dev.migrationledger.agent.database.postgresql.schema;

import dev.migrationledger.contracts.schema.ObjectKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Constraints. Those that a partition or child table has from its parent are told by the parent. */
final class Constraints {

    private final Reading reading;
    private final Indexes indexes;
    private final Map<Long, TreeMap<String, String>> ofDomains = new HashMap<>();

    Constraints(Reading reading, Indexes indexes) {
        this.reading = reading;
        this.indexes = indexes;
    }

    void add() throws SQLException {
        reading.cursor.each(all(reading.major), this::constraint);
    }

    private void constraint(ResultSet row) throws SQLException {
        String type = row.getString(2);
        Indexes.@Nullable Index index = type.equals("f") ? null : indexes.take(row.getLong(5));
        Relation table = reading.relations.included(row.getLong(3));
        if (table != null && row.getBoolean(18)) {
            reading.add(ObjectKind.CONSTRAINT, table.schema(), table.name(), row.getString(1),
                    what(type, row, table, index) + timing(row));
        } else if (row.getLong(4) != 0) {
            ofDomains.computeIfAbsent(row.getLong(4), any -> new TreeMap<>())
                    .put(row.getString(1), check(row, 0) + timing(row));
        }
    }

    private String what(String type, ResultSet row, Relation table, Indexes.@Nullable Index index) throws SQLException {
        String without = row.getBoolean(21) ? " WITHOUT OVERLAPS" : "";
        return switch (type) {
            case "p" -> "PRIMARY KEY (" + columns(row.getString(6), table) + without + ")"
                    + (index == null ? "" : index.including());
            case "u" -> "UNIQUE" + (index == null ? "" : index.distinct()) + " (" + columns(row.getString(6), table)
                    + without + ")"
                    + (index == null ? "" : index.including());
            case "f" -> foreignKey(row, table);
            case "x" -> exclusion(row, index);
            default -> check(row, table.oid());
        };
    }

    private String check(ResultSet row, long table) throws SQLException {
        return "CHECK (" + reading.canonical.ofTable(row.getString(16), table) + ")"
                + (row.getBoolean(15) ? " NO INHERIT" : "");
    }

    private String foreignKey(ResultSet row, Relation table) throws SQLException {
        Relation other = reading.relations.find(row.getLong(7));
        String period = row.getBoolean(21) ? " PERIOD" : "";
        String someOnly = row.getString(19) == null ? "" : " (" + columns(row.getString(19), table) + ")";
        return "FOREIGN KEY (" + columns(row.getString(6), table) + period + ") REFERENCES "
                + (other == null ? "?" : other.qualified() + " (" + columns(row.getString(8), other) + period + ")")
                + (row.getString(11).equals("f") ? " MATCH FULL" : "")
                + action(" ON UPDATE ", row.getString(9), "")
                + action(" ON DELETE ", row.getString(10), someOnly);
    }

    private static String action(String event, String code, String columns) {
        return switch (code) {
            case "r" -> event + "RESTRICT";
            case "c" -> event + "CASCADE";
            case "n" -> event + "SET NULL" + columns;
            case "d" -> event + "SET DEFAULT" + columns;
            default -> "";
        };
    }

    private String exclusion(ResultSet row, Indexes.@Nullable Index index) throws SQLException {
        if (index == null) {
            return "EXCLUDE";
        }
        List<Long> operators = Numbers.longs(row.getString(17));
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < index.keys().size() && i < operators.size(); i++) {
            parts.add(index.keys().get(i) + " WITH " + reading.names.operator(operators.get(i)));
        }
        return "EXCLUDE USING " + index.method() + " (" + String.join(", ", parts) + ")" + index.including()
                + index.where();
    }

    private String columns(@Nullable String numbers, Relation table) {
        return Numbers.ints(numbers).stream()
                .map(number -> reading.names.column(table.oid(), number))
                .collect(Collectors.joining(", "));
    }

    private static String timing(ResultSet row) throws SQLException {
        boolean enforced = row.getBoolean(20);
        return (row.getBoolean(12) ? " DEFERRABLE" : "")
                + (row.getBoolean(13) ? " INITIALLY DEFERRED" : "")
                + (row.getBoolean(14) || !enforced ? "" : " NOT VALID")
                + (enforced ? "" : " NOT ENFORCED");
    }

    /** With a space in front, sorted by name; empty where there are none. */
    String ofDomain(long type) {
        return ofDomains.getOrDefault(type, new TreeMap<>()).entrySet().stream()
                .map(entry -> " CONSTRAINT " + Identifiers.quoted(entry.getKey()) + " " + entry.getValue())
                .collect(Collectors.joining());
    }

    private static String all(int major) {
        return """
                SELECT k.conname, k.contype::text, k.conrelid, k.contypid, k.conindid, k.conkey::text, k.confrelid, k.confkey::text,
                       k.confupdtype::text, k.confdeltype::text, k.confmatchtype::text, k.condeferrable, k.condeferred,
                       k.convalidated, k.connoinherit, k.conbin::text, k.conexclop::text, k.conislocal AND k.conparentid = 0,
                       %s, %s, %s
                FROM pg_constraint k WHERE k.contype IN ('p', 'u', 'f', 'c', 'x') AND k.oid >= 16384"""
                .formatted(
                        major >= 15 ? "k.confdelsetcols::text" : "NULL",
                        major >= 18 ? "k.conenforced" : "true",
                        major >= 18 ? "k.conperiod" : "false");
    }
}
