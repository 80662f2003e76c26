package dev.migrationledger.agent.database.postgresql.schema.tree;

import dev.migrationledger.agent.database.postgresql.schema.tree.Node.Bytes;
import dev.migrationledger.agent.database.postgresql.schema.tree.Node.Items;
import dev.migrationledger.agent.database.postgresql.schema.tree.Node.Struct;
import dev.migrationledger.agent.database.postgresql.schema.tree.Node.Word;
import dev.migrationledger.agent.database.postgresql.schema.tree.TreeReader.Unreadable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes stored trees in one form. What people put into constraints and indexes reads nearly as SQL; the rest, queries
 * above all, as nodes with their fields sorted by name. Equal trees are written equally on every version; whatever two versions
 * store differently for one SQL text, such as {@code EXTRACT} before and since 14, stays different.
 */
public final class Canonical {

    private static final Pattern PLACES = Pattern.compile(" :(location|stmt_location|stmt_len) -?\\d+");

    private final ObjectIdNames names;
    private final ExpressionNodes expressions;

    /** The innermost query first. */
    private final Deque<RangeTable> frames = new ArrayDeque<>();

    public Canonical(ObjectIdNames names) {
        this.names = names;
        this.expressions = new ExpressionNodes(this, names);
    }

    /** An expression, or a list of them, about the columns of one table; 0: about none. */
    public String ofTable(String tree, long relation) {
        return write(tree, RangeTable.ofTable(relation));
    }

    /** Each of a list of expressions by itself. */
    public List<String> eachOfTable(String tree, long relation) {
        RangeTable frame = RangeTable.ofTable(relation);
        try {
            return TreeReader.read(tree) instanceof Items items
                    ? items.items().stream().map(item -> within(frame, item)).toList()
                    : List.of(write(tree, frame));
        } catch (Unreadable e) {
            return List.of(unread(tree));
        }
    }

    /** An expression about the old and the new row of a table. */
    public String ofRows(String tree, long relation) {
        return write(tree, RangeTable.ofRows(relation));
    }

    /** A list of queries. Names of a view's columns are the catalog's business: a renamed column keeps its old name here. */
    public String ofQueries(String tree) {
        return write(tree, RangeTable.ofTable(0));
    }

    private String write(String tree, RangeTable outermost) {
        try {
            return within(outermost, TreeReader.read(tree));
        } catch (Unreadable e) {
            return unread(tree);
        }
    }

    private String within(RangeTable outermost, Node node) {
        frames.push(outermost);
        try {
            return of(node);
        } finally {
            frames.clear();
        }
    }

    /** Better a text that differs between versions than none. */
    private static String unread(String tree) {
        return PLACES.matcher(tree).replaceAll("");
    }

    String of(Node node) {
        return switch (node) {
            case Word word -> word.text();
            case Bytes bytes -> bytes.bytes().toString();
            case Items items -> list(items.items());
            case Struct struct -> struct(struct);
        };
    }

    String list(List<Node> items) {
        return items.stream().map(this::of).collect(Collectors.joining(", ", "(", ")"));
    }

    private String struct(Struct struct) {
        return switch (Fields.today(struct.tag())) {
            case "VAR" -> variable(struct);
            case "QUERY" -> query(struct);
            case "RANGETBLREF" -> frames.element().label(struct.number("rtindex"));
            case "JOINEXPR" -> join(struct);
            default -> {
                String pretty = expressions.of(struct);
                yield pretty == null ? fields(struct) : pretty;
            }
        };
    }

    private String variable(Struct variable) {
        int column = (int) variable.number("varattno");
        long range = variable.number("varno");
        long up = variable.number("varlevelsup");
        Iterator<RangeTable> outward = frames.iterator();
        for (long i = 0; i < up && outward.hasNext(); i++) {
            outward.next();
        }
        if (!outward.hasNext()) {
            return "#^" + up + "." + range + "." + column;
        }
        RangeTable frame = outward.next();
        Node other = frame.standsFor(range, column);
        if (other == null) {
            return frame.column(range, column, names);
        }
        // What it stands for is about the ranges of the query that it belongs to.
        Deque<RangeTable> inner = new ArrayDeque<>();
        for (long i = 0; i < up; i++) {
            inner.push(frames.pop());
        }
        try {
            return of(other);
        } finally {
            inner.forEach(frames::push);
        }
    }

    private String query(Struct query) {
        boolean outermost = frames.size() == 1;
        RangeTable frame = RangeTable.ofQuery(query);
        frames.push(frame);
        try {
            List<String> parts = new ArrayList<>();
            query.fields().forEach((name, value) -> {
                if (name.equals("commandType")) {
                    parts.add("does=" + command(query));
                } else if (name.equals("rtable")) {
                    parts.add("from=" + frame.written().stream().map(this::of).toList());
                } else if (name.equals("targetList")) {
                    parts.add("select=" + query.items(name).stream().map(target -> target(target, outermost)).toList());
                } else if (Fields.RANGES.contains(name) && query.number(name) > 0) {
                    parts.add(name + "=" + frame.label(query.number(name)));
                } else if (matters(name, value)) {
                    parts.add(name + "=" + value(name, value));
                }
            });
            return parts.stream().sorted().collect(Collectors.joining(" ", "{QUERY ", "}"));
        } finally {
            frames.pop();
        }
    }

    /** MERGE, since 15, took the number of utility commands, and they that of doing nothing. */
    private static String command(Struct query) {
        boolean utility = query.get("utilityStmt") instanceof Struct;
        return switch (query.word("commandType")) {
            case "1" -> "select";
            case "2" -> "update";
            case "3" -> "insert";
            case "4" -> "delete";
            case "5" -> utility ? "utility" : "merge";
            default -> utility ? "utility" : "nothing";
        };
    }

    private String target(Node node, boolean outermost) {
        if (!(node instanceof Struct target)) {
            return of(node);
        }
        Map<String, Node> fields = new TreeMap<>(target.fields());
        if (outermost && !target.flag("resjunk")) {
            fields.remove("resname");
        }
        return fields(new Struct(target.tag(), fields));
    }

    private String join(Struct join) {
        Map<String, Node> fields = new TreeMap<>(join.fields());
        fields.remove("rtindex");
        return fields(new Struct(join.tag(), fields)) + " AS " + frames.element().label(join.number("rtindex"));
    }

    private String fields(Struct struct) {
        Map<String, String> written = new TreeMap<>();
        struct.fields().forEach((name, value) -> {
            if (Fields.RANGES.contains(name) && struct.number(name) > 0) {
                written.put(name, frames.element().label(struct.number(name)));
            } else if (matters(name, value)) {
                written.put(Fields.today(name), value(name, value));
            }
        });
        return written.entrySet().stream()
                .map(field -> " " + field.getKey() + "=" + field.getValue())
                .collect(Collectors.joining("", "{" + Fields.today(struct.tag()), "}"));
    }

    private static boolean matters(String name, Node value) {
        return !Fields.NO_MATTER.contains(name)
                && switch (value) {
                    case Word word -> !Fields.NOTHING.contains(word.text());
                    case Items items -> !items.items().isEmpty();
                    case Bytes _ -> true;
                    case Struct _ -> true;
                };
    }

    private String value(String field, Node value) {
        if (Fields.OPERATORS.contains(field)) {
            return named(value, names::operator);
        } else if (Fields.FUNCTIONS.contains(field)) {
            return named(value, names::function);
        } else if (Fields.TYPES.contains(field)) {
            return named(value, names::type);
        } else if (Fields.RELATIONS.contains(field)) {
            return named(value, names::relation);
        } else if (Fields.COLLATIONS.contains(field)) {
            return named(value, names::collation);
        }
        return of(value);
    }

    private String named(Node value, LongFunction<String> name) {
        return switch (value) {
            case Word word -> isNumber(word.text()) ? name.apply(Long.parseLong(word.text())) : word.text();
            case Items items -> items.items().stream().map(item -> named(item, name))
                    .collect(Collectors.joining(", ", "(", ")"));
            case Bytes _ -> of(value);
            case Struct _ -> of(value);
        };
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
