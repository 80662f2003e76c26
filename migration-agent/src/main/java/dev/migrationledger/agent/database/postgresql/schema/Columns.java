package dev.migrationledger.agent.database.postgresql.schema;

import dev.migrationledger.contracts.schema.CanonicalText;
import dev.migrationledger.contracts.schema.Definition.Column;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Columns of tables; those of views and composite types are parts of them. Their order in a table does not matter. */
final class Columns {

    /** A default is an expression without columns, which the server writes without opening the table; a generated column's is not. */
    private static final String ALL = """
            SELECT a.attrelid, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity::text,
                   a.attgenerated::text, CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, 0) ELSE d.adbin::text END,
                   CASE WHEN a.attcollation <> t.typcollation THEN a.attcollation ELSE 0 END
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE a.attnum > 0 AND NOT a.attisdropped AND c.oid >= 16384 AND c.relkind IN ('r', 'p', 'f', 'v', 'm', 'c')
              AND c.relpersistence <> 't'""";

    /** Since 18 a NOT NULL is a constraint, and may not have been checked. */
    private static final String UNCHECKED = """
            SELECT conrelid, conkey[1] FROM pg_constraint WHERE contype = 'n' AND conrelid <> 0 AND NOT convalidated""";

    private record Generated(Relation table, String name, Column column, String tree, String end) {}

    private final ReadingContext reading;
    private final SequenceReader sequences;
    private final Set<String> unchecked = new HashSet<>();
    private final List<Generated> generated = new ArrayList<>();
    private final Map<Long, TreeMap<Integer, String>> parts = new HashMap<>();
    private final Map<String, Long> collations = new HashMap<>();

    Columns(ReadingContext reading, SequenceReader sequences) {
        this.reading = reading;
        this.sequences = sequences;
    }

    void read() throws SQLException {
        if (reading.major >= 18) {
            reading.cursor.each(UNCHECKED, row -> unchecked.add(row.getLong(1) + "." + row.getInt(2)));
        }
        reading.cursor.each(ALL, this::column);
        for (Generated one : generated) {
            reading.add(one.table.schema(), one.table.name(), one.name, one.column.withGenerated(
                    "(" + reading.canonical.ofTable(one.tree, one.table.oid()) + one.end));
        }
    }

    private void column(ResultSet row) throws SQLException {
        long oid = row.getLong(1);
        int number = row.getInt(2);
        String name = reading.pooled(row.getString(3));
        reading.names.column(oid, number, name);
        Relation relation = reading.relations.included(oid);
        if (relation == null) {
            return;
        }
        String type = reading.pooled(row.getString(4));
        long collation = row.getLong(9);
        String collated = null;
        if (collation != 0) {
            collated = reading.names.collation(collation);
            collations.put(oid + "." + number, collation);
        }
        if (!relation.isTable()) {
            parts.computeIfAbsent(oid, any -> new TreeMap<>()).put(number,
                    CanonicalText.quoted(name) + " " + type + (collated == null ? "" : " COLLATE " + collated));
            return;
        }
        boolean notNull = row.getBoolean(5);
        String identity = row.getString(6);
        Column column = new Column(type, collated, !notNull,
                (notNull && unchecked.contains(oid + "." + number)) ? true : null, null,
                identity.isEmpty()
                        ? null
                        : (identity.equals("a") ? "ALWAYS" : "BY DEFAULT") + sequences.identity(oid, number),
                null, null);
        add(relation, name, column, row.getString(7), row.getString(8));
    }

    private void add(Relation table, String name, Column column, String generation, @Nullable String expression) {
        if (expression == null) {
            reading.add(table.schema(), table.name(), name, column);
        } else if (generation.isEmpty()) {
            reading.add(table.schema(), table.name(), name, column.withDefault(expression));
        } else {
            // It may be about columns that come later.
            generated.add(new Generated(table, name, column, expression,
                    generation.equals("v") ? ") VIRTUAL" : ") STORED"));
        }
    }

    /** Of a view or composite type, in order: {@code (id integer, name text)}. */
    String parts(long relation) {
        return "(" + String.join(", ", parts.getOrDefault(relation, new TreeMap<>()).values()) + ")";
    }

    /** Of a view, in order. */
    List<String> names(long relation) {
        return parts.getOrDefault(relation, new TreeMap<>()).keySet().stream()
                .map(number -> reading.names.columnName(relation, number)).toList();
    }

    /** Of a column that has another collation than its type; 0: it has none of its own. */
    long collation(long relation, int column) {
        return collations.getOrDefault(relation + "." + column, 0L);
    }
}
