package dev.migrationledger.agent.database.postgresql.schema;

import dev.migrationledger.contracts.schema.CanonicalText;
import dev.migrationledger.contracts.schema.Definition.Action;
import dev.migrationledger.contracts.schema.Definition.Constraint;
import dev.migrationledger.contracts.schema.Definition.ConstraintType;
import dev.migrationledger.contracts.schema.Definition.Timing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Constraints. Those that a partition or child table has from its parent are covered by the parent. */
final class Constraints {

    private final ReadingContext reading;
    private final Indexes indexes;
    private final Map<Long, TreeMap<String, String>> ofDomains = new HashMap<>();

    Constraints(ReadingContext reading, Indexes indexes) {
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
            reading.add(table.schema(), table.name(), row.getString(1), what(type, row, table, index));
        } else if (row.getLong(4) != 0) {
            ofDomains.computeIfAbsent(row.getLong(4), any -> new TreeMap<>())
                    .put(row.getString(1), "CHECK (" + reading.canonical.ofTable(row.getString(16), 0) + ")"
                            + noInherit(row) + timing(row).sql() + state(row));
        }
    }

    private Constraint what(String type, ResultSet row, Relation table, Indexes.@Nullable Index index)
            throws SQLException {
        return switch (type) {
            case "p" -> key(ConstraintType.PRIMARY_KEY, row, table, index);
            case "u" -> key(ConstraintType.UNIQUE, row, table, index);
            case "f" -> foreignKey(row, table);
            case "x" -> of(ConstraintType.EXCLUDE, row, index == null ? List.of() : index.columns())
                    .withExpression(exclusion(row, index));
            default -> of(ConstraintType.CHECK, row, columns(row.getString(6), table))
                    .withExpression(reading.canonical.ofTable(row.getString(16), table.oid()))
                    .withDetails(row.getBoolean(15) ? noInherit(row) : null);
        };
    }

    private static Constraint of(ConstraintType type, ResultSet row, List<String> columns) throws SQLException {
        return Constraint.of(type, columns).withValidated(row.getBoolean(14))
                .withEnforced(row.getBoolean(20) ? null : false)
                .withPeriod(row.getBoolean(21) ? true : null).withTiming(timing(row));
    }

    private Constraint key(ConstraintType type, ResultSet row, Relation table, Indexes.@Nullable Index index)
            throws SQLException {
        Constraint key = of(type, row, columns(row.getString(6), table));
        return index == null
                ? key
                : key.withNullsEqual(index.nullsEqual() ? true : null)
                        .withDetails(index.including().isEmpty() ? null : index.including());
    }

    private Constraint foreignKey(ResultSet row, Relation table) throws SQLException {
        Relation other = reading.relations.find(row.getLong(7));
        List<String> someOnly = columns(row.getString(19), table);
        return of(ConstraintType.FOREIGN_KEY, row, columns(row.getString(6), table))
                .withReferences(other == null ? null : other.object())
                .withReferenced(other == null ? null : columns(row.getString(8), other))
                .withActions(action(row.getString(9)), action(row.getString(10)), someOnly.isEmpty() ? null : someOnly)
                .withDetails(row.getString(11).equals("f") ? " MATCH FULL" : null);
    }

    private static Action action(String code) {
        return switch (code) {
            case "r" -> Action.RESTRICT;
            case "c" -> Action.CASCADE;
            case "n" -> Action.SET_NULL;
            case "d" -> Action.SET_DEFAULT;
            default -> Action.NO_ACTION;
        };
    }

    private @Nullable String exclusion(ResultSet row, Indexes.@Nullable Index index) throws SQLException {
        if (index == null) {
            return null;
        }
        List<Long> operators = NumberLists.longs(row.getString(17));
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < index.keys().size() && i < operators.size(); i++) {
            parts.add(index.keys().get(i) + " WITH " + reading.names.operator(operators.get(i)));
        }
        return "USING " + index.method() + " (" + String.join(", ", parts) + ")" + index.including()
                + (index.where() == null ? "" : " WHERE " + index.where());
    }

    private List<String> columns(@Nullable String numbers, Relation table) {
        return NumberLists.ints(numbers).stream().map(number -> reading.names.columnName(table.oid(), number)).toList();
    }

    private static String noInherit(ResultSet row) throws SQLException {
        return row.getBoolean(15) ? " NO INHERIT" : "";
    }

    private static Timing timing(ResultSet row) throws SQLException {
        return row.getBoolean(13) ? Timing.DEFERRED : row.getBoolean(12) ? Timing.DEFERRABLE : Timing.IMMEDIATE;
    }

    private static String state(ResultSet row) throws SQLException {
        boolean enforced = row.getBoolean(20);
        return (row.getBoolean(14) || !enforced ? "" : " NOT VALID") + (enforced ? "" : " NOT ENFORCED");
    }

    /** With a space in front, sorted by name; empty where there are none. */
    String ofDomain(long type) {
        return ofDomains.getOrDefault(type, new TreeMap<>()).entrySet().stream()
                .map(entry -> " CONSTRAINT " + CanonicalText.quoted(entry.getKey()) + " " + entry.getValue())
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
