package dev.migrationledger.agent.database.postgresql.schema;

import dev.migrationledger.contracts.schema.CanonicalText;
import dev.migrationledger.contracts.schema.Definition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Indexes. One that a constraint owns is covered by the constraint, one of a partition by its parent's, once all partitions have theirs.
 */
final class Indexes {

    private static final long DEFAULT_COLLATION = 100;

    private static final int DESCENDING = 1;
    private static final int NULLS_FIRST = 2;

    /** How a concurrent rebuild calls an index while it lasts, or when it failed. */
    private static final Pattern REBUILD = Pattern.compile(".*_cc(new|old)\\d*");

    /**
     * An index, of a constraint or not.
     *
     * @param keys as an index has them, with order, class and collation
     * @param columns the same without, expressions in brackets
     */
    record Index(
            Relation table, String schema, String name, String method, boolean unique, List<String> keys,
            List<String> columns, List<String> included, boolean nullsEqual, @Nullable String where, String options,
            boolean valid,
            boolean ofPartition) {

        String including() {
            return included.isEmpty() ? "" : " INCLUDE (" + String.join(", ", included) + ")";
        }

        private Definition.Index definition() {
            String details = including() + (nullsEqual ? " NULLS NOT DISTINCT" : "") + options;
            boolean usual = keys.equals(columns.stream().map(CanonicalText::quoted).toList());
            return new Definition.Index(table.object(), columns, usual ? null : keys, unique, method, where, valid,
                    details.isEmpty() ? null : details);
        }
    }

    private final ReadingContext reading;
    private final Columns columns;
    private final Map<Long, Index> byId = new HashMap<>();

    Indexes(ReadingContext reading, Columns columns) {
        this.reading = reading;
        this.columns = columns;
    }

    void read() throws SQLException {
        reading.cursor.each(all(reading.major), row -> {
            Relation table = reading.relations.included(row.getLong(2));
            if (table != null && !reading.isOfExtension("pg_class", row.getLong(1))) {
                byId.put(row.getLong(1), index(row, table));
            }
        });
    }

    private Index index(ResultSet row, Relation table) throws SQLException {
        List<Integer> numbers = NumberLists.ints(row.getString(8));
        List<Integer> orders = NumberLists.ints(row.getString(9));
        List<Long> classes = NumberLists.longs(row.getString(10));
        List<Long> collations = NumberLists.longs(row.getString(11));
        String trees = row.getString(12);
        List<String> expressions = trees == null
                ? new ArrayList<>()
                : new ArrayList<>(reading.canonical.eachOfTable(trees, table.oid()));
        List<String> keys = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<String> included = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i++) {
            int number = numbers.get(i);
            String expression = number == 0 ? expressions.removeFirst() : "";
            String name = number == 0 ? expression : reading.names.column(table.oid(), number);
            if (i >= row.getInt(7)) {
                included.add(name);
            } else {
                names.add(number == 0 ? "(" + expression + ")" : reading.names.columnName(table.oid(), number));
                keys.add(
                        name + collation(table, number, collations.get(i)) + reading.names.operatorClass(classes.get(i))
                                + order(orders.get(i)));
            }
        }
        String options = row.getString(17);
        return new Index(table, reading.pooled(reading.schema(row.getLong(3))), row.getString(4),
                reading.pooled(row.getString(5)), row.getBoolean(6), keys, names, included, row.getBoolean(15),
                where(row.getString(13), table), options == null ? "" : " WITH (" + options + ")", row.getBoolean(14),
                row.getBoolean(16));
    }

    private @Nullable String where(@Nullable String tree, Relation table) {
        return tree == null ? null : reading.canonical.ofTable(tree, table.oid());
    }

    private String collation(Relation table, int column, long collation) {
        long own = column == 0 ? 0 : columns.collation(table.oid(), column);
        boolean usual = collation == 0 || collation == own || (own == 0 && collation == DEFAULT_COLLATION);
        return usual ? "" : " COLLATE " + reading.names.collation(collation);
    }

    private static String order(int bits) {
        boolean descending = (bits & DESCENDING) != 0;
        boolean nullsFirst = (bits & NULLS_FIRST) != 0;
        return (descending ? " DESC" : "")
                + (descending == nullsFirst ? "" : nullsFirst ? " NULLS FIRST" : " NULLS LAST");
    }

    /** That a constraint owns. */
    @Nullable
    Index take(long oid) {
        return byId.remove(oid);
    }

    /** After the constraints took theirs. */
    void add() {
        for (Index index : byId.values()) {
            if (!index.ofPartition && (index.valid || !REBUILD.matcher(index.name).matches())) {
                reading.add(index.schema, null, index.name, index.definition());
            }
        }
    }

    private static String all(int major) {
        return """
                SELECT i.indexrelid, i.indrelid, c.relnamespace, c.relname, am.amname, i.indisunique, i.indnkeyatts,
                       i.indkey::text, i.indoption::text, i.indclass::text, i.indcollation::text, i.indexprs::text,
                       i.indpred::text, i.indisvalid, %s,
                       c.relispartition AND EXISTS (SELECT FROM pg_inherits h JOIN pg_index p ON p.indexrelid = h.inhparent
                                                    WHERE h.inhrelid = c.oid AND p.indisvalid),
                       (SELECT string_agg(o, ', ' ORDER BY o) FROM unnest(c.reloptions) o)
                FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am am ON am.oid = c.relam
                WHERE c.oid >= 16384 AND c.relpersistence <> 't' AND c.relnamespace <> 'pg_toast'::regnamespace"""
                .formatted(major >= 15 ? "i.indnullsnotdistinct" : "false");
    }
}
