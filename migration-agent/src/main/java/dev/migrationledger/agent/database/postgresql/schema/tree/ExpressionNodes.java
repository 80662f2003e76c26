package dev.migrationledger.agent.database.postgresql.schema.tree;

import dev.migrationledger.agent.database.postgresql.schema.tree.Node.Bytes;
import dev.migrationledger.agent.database.postgresql.schema.tree.Node.Struct;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The nodes that read nearly as SQL. */
final class ExpressionNodes {

    private static final List<String> TRUTH = List.of(
            "IS TRUE", "IS NOT TRUE", "IS FALSE", "IS NOT FALSE", "IS UNKNOWN", "IS NOT UNKNOWN");

    private static final List<String> SQL_VALUES = List.of(
            "CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIME", "CURRENT_TIMESTAMP", "CURRENT_TIMESTAMP", "LOCALTIME",
            "LOCALTIME",
            "LOCALTIMESTAMP", "LOCALTIMESTAMP", "CURRENT_ROLE", "CURRENT_USER", "USER", "SESSION_USER",
            "CURRENT_CATALOG",
            "CURRENT_SCHEMA");

    /** How a function call that somebody wrote as a cast, or did not write at all, is marked. */
    private static final List<String> CASTS = List.of("1", "2");

    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,10}");

    private final Canonical canonical;
    private final ObjectIdNames names;
    private final Constant constant;

    ExpressionNodes(Canonical canonical, ObjectIdNames names) {
        this.canonical = canonical;
        this.names = names;
        this.constant = new Constant(names);
    }

    /** Absent: the node is none of them. */
    @Nullable
    String of(Struct node) {
        return switch (Fields.today(node.tag())) {
            case "CONST" -> constant(node);
            case "OPEXPR" -> operation(node, names.operator(node.number("opno")));
            case "DISTINCTEXPR" -> operation(node, "IS DISTINCT FROM");
            case "NULLIFEXPR" -> "NULLIF" + canonical.list(node.items("args"));
            case "BOOLEXPR" -> logic(node);
            case "SCALARARRAYOPEXPR" -> anyOrAll(node);
            case "FUNCEXPR" -> call(node);
            case "RELABELTYPE", "COERCEVIAIO", "ARRAYCOERCEEXPR", "COERCETODOMAIN" ->
                cast(node.get("arg"), type(node, "resulttype", "resulttypmod"));
            case "NULLTEST" -> node.flag("argisrow")
                    ? null
                    : "(%s %s)".formatted(arg(node), node.number("nulltesttype") == 0 ? "IS NULL" : "IS NOT NULL");
            case "BOOLEANTEST" -> "(%s %s)".formatted(arg(node), word(TRUTH, node.number("booltesttype")));
            case "ARRAYEXPR" -> "ARRAY" + node.items("elements").stream().map(canonical::of).toList()
                    + (node.items("elements").isEmpty() ? "::" + names.type(node.number("array_typeid")) : "");
            case "CASEEXPR" -> choice(node);
            case "COALESCEEXPR" -> "COALESCE" + canonical.list(node.items("args"));
            case "MINMAXEXPR" -> (node.number("op") == 0 ? "GREATEST" : "LEAST") + canonical.list(node.items("args"));
            case "COLLATEEXPR" -> "(%s COLLATE %s)".formatted(arg(node), names.collation(node.number("collOid")));
            case "SQLVALUEFUNCTION" -> word(SQL_VALUES, node.number("op"))
                    + (node.number("typmod") < 0 ? "" : "(" + node.number("typmod") + ")");
            case "COERCETODOMAINVALUE" -> "VALUE";
            default -> null;
        };
    }

    private String arg(Struct node) {
        return canonical.of(node.get("arg"));
    }

    private static String word(List<String> words, long number) {
        return number >= 0 && number < words.size() ? words.get((int) number) : "?" + number;
    }

    private String type(Struct node, String oid, String modifier) {
        long length = node.word(modifier).equals("<>") ? -1 : node.number(modifier);
        return Constant.type(names.type(node.number(oid)), node.number(oid), length);
    }

    private String cast(Node value, String type) {
        return "(" + canonical.of(value) + ")::" + type;
    }

    private String constant(Struct node) {
        String type = type(node, "consttype", "consttypmod");
        return node.get("constvalue") instanceof Bytes value
                ? constant.of(node.number("consttype"), type, node.flag("constbyval"), value.toArray())
                : "NULL::" + type;
    }

    private String operation(Struct node, String operator) {
        List<String> args = node.items("args").stream().map(canonical::of).toList();
        return args.size() == 1
                ? "(" + operator + " " + args.getFirst() + ")"
                : args.stream().collect(Collectors.joining(" " + operator + " ", "(", ")"));
    }

    private String logic(Struct node) {
        List<String> args = node.items("args").stream().map(canonical::of).toList();
        return switch (node.word("boolop")) {
            case "and" -> args.stream().collect(Collectors.joining(" AND ", "(", ")"));
            case "or" -> args.stream().collect(Collectors.joining(" OR ", "(", ")"));
            default -> "(NOT " + String.join(", ", args) + ")";
        };
    }

    private @Nullable String anyOrAll(Struct node) {
        List<Node> args = node.items("args");
        return args.size() != 2
                ? null
                : "(%s %s %s (%s))".formatted(canonical.of(args.get(0)), names.operator(node.number("opno")),
                        node.flag("useOr") ? "ANY" : "ALL", canonical.of(args.get(1)));
    }

    private String call(Struct node) {
        List<Node> args = node.items("args");
        if (CASTS.contains(node.word("funcformat"))) {
            long type = node.number("funcresulttype");
            // A second argument is the length or precision to be cast to, as catalogs write it.
            String length = args.size() == 1 ? "-1" : canonical.of(args.get(1));
            if (WHOLE.matcher(length).matches()) {
                return cast(args.getFirst(), Constant.type(names.type(type), type, Long.parseLong(length)));
            }
        }
        String variadic = node.flag("funcvariadic") ? "VARIADIC " : "";
        return names.function(node.number("funcid")) + args.stream()
                .map(canonical::of)
                .collect(Collectors.joining(", ", "(" + variadic, ")"));
    }

    private String choice(Struct node) {
        StringBuilder text = new StringBuilder("CASE");
        if (node.get("arg") instanceof Struct subject) {
            text.append(' ').append(canonical.of(subject));
        }
        for (Node item : node.items("args")) {
            if (item instanceof Struct when) {
                text.append(" WHEN ").append(canonical.of(when.get("expr")))
                        .append(" THEN ").append(canonical.of(when.get("result")));
            }
        }
        if (node.get("defresult") instanceof Struct otherwise) {
            text.append(" ELSE ").append(canonical.of(otherwise));
        }
        return text.append(" END").toString();
    }
}
