package dev.migrationledger.agent.database.postgresql.schema.tree;

import dev.migrationledger.agent.database.postgresql.schema.tree.Node.Struct;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the numbers of a query's range table stand for, one query deep. Ranges are counted again, because versions disagree about
 * the ones that nobody wrote: up to 15 each view begins with the ranges of a rule's old and new row, and from 18 on a query that
 * groups has a range for its groups.
 */
final class RangeTable {

    private static final long RELATION = 0;
    private static final long JOIN = 2;
    private static final long GROUP = 9;

    /**
     * @param label in front of a column's name; absent: none
     * @param relation whose columns these are; 0: none
     * @param expressions that the columns stand for; empty: they stand for themselves
     */
    private record Range(@Nullable String label, long relation, List<Node> expressions) {}

    private final Map<Long, Range> ranges = new HashMap<>();
    private final List<Struct> written = new ArrayList<>();

    private RangeTable() {}

    /** Of an expression that belongs to a table. */
    static RangeTable ofTable(long relation) {
        RangeTable frame = new RangeTable();
        frame.ranges.put(1L, new Range(null, relation, List.of()));
        return frame;
    }

    /** Of a condition of a trigger or rule. */
    static RangeTable ofRows(long relation) {
        RangeTable frame = new RangeTable();
        frame.ranges.put(1L, new Range("old", relation, List.of()));
        frame.ranges.put(2L, new Range("new", relation, List.of()));
        return frame;
    }

    static RangeTable ofQuery(Struct query) {
        RangeTable frame = new RangeTable();
        long number = 0;
        for (Node node : query.items("rtable")) {
            number++;
            if (node instanceof Struct range) {
                frame.add(number, range);
            }
        }
        return frame;
    }

    private void add(long number, Struct range) {
        long kind = range.number("rtekind");
        String alias = range.get("alias") instanceof Struct named ? named.word("aliasname") : "";
        long relation = kind == RELATION ? range.number("relid") : 0;
        if (kind == RELATION && !range.flag("inFromCl") && (alias.equals("old") || alias.equals("new"))) {
            ranges.put(number, new Range(alias, relation, List.of()));
        } else if (kind == GROUP) {
            ranges.put(number, new Range("group", 0, range.items("groupexprs")));
        } else {
            written.add(range);
            ranges.put(number, new Range(
                    "#" + written.size(), relation, kind == JOIN ? range.items("joinaliasvars") : List.of()));
        }
    }

    /** The ranges that somebody wrote, in order. */
    List<Struct> written() {
        return written;
    }

    String label(long number) {
        Range range = ranges.get(number);
        return range == null || range.label == null ? "#?" + number : range.label;
    }

    /** What a column only stands for; absent where it stands for itself. */
    @Nullable
    Node standsFor(long number, int column) {
        Range range = ranges.get(number);
        return range == null || column < 1 || column > range.expressions.size()
                ? null
                : range.expressions.get(column - 1);
    }

    String column(long number, int column, ObjectIdNames names) {
        Range range = ranges.get(number);
        if (range == null) {
            return "#?" + number + "." + column;
        }
        String name = range.relation == 0 ? String.valueOf(column) : names.column(range.relation, column);
        return range.label == null ? name : range.label + "." + name;
    }
}
