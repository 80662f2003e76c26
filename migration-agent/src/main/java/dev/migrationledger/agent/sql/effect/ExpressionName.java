package dev.migrationledger.agent.sql.effect;

import dev.migrationledger.agent.sql.text.Phrase;
import dev.migrationledger.agent.sql.text.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What PostgreSQL calls the columns of an index that has no name, and so the index: a column by its name, an expression by its function,
 * column or type, and {@code expr} where it is none of these.
 */
final class ExpressionName {

    private static final String NONE = "expr";

    /** Words between operands, outside of all brackets. */
    private static final Set<String> OPERATORS = Set.of("and", "or", "not", "is", "isnull", "notnull", "between", "in",
            "like", "ilike", "similar", "operator", "overlaps");

    private static final Set<String> CONSTANTS = Set.of("true", "false", "null");

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("int", "int4"), Map.entry("integer", "int4"), Map.entry("bigint", "int8"),
            Map.entry("smallint", "int2"), Map.entry("real", "float4"), Map.entry("float", "float8"),
            Map.entry("double", "float8"), Map.entry("boolean", "bool"), Map.entry("decimal", "numeric"),
            Map.entry("dec", "numeric"), Map.entry("character", "bpchar"), Map.entry("char", "bpchar"));

    private ExpressionName() {}

    /** @param strong whether a cast around it keeps the name */
    private record Label(String name, boolean strong) {}

    /** The names of all, each once: 1, 2, … comes behind one that is there already. */
    static List<String> ofAll(List<String> columns) {
        List<String> names = new ArrayList<>();
        for (String column : columns) {
            Label label = column.startsWith("(") ? of(Phrase.of(column)) : new Label(column, true);
            String plain = label == null ? NONE : label.name();
            String name = plain;
            for (int i = 1; names.contains(name); i++) {
                name = plain + i;
            }
            names.add(name);
        }
        return names;
    }

    private static @Nullable Label of(Phrase bracketed) {
        Phrase phrase = bracketed.bare();
        if (phrase.size() == 0) {
            return null;
        }
        if (phrase.is(0, "case") && phrase.is(phrase.size() - 1, "end")) {
            return ofCase(phrase);
        }
        int cast = -1;
        int collate = -1;
        for (int at = 0, depth = 0; at < phrase.size(); at++) {
            Token token = phrase.tokens().get(at);
            boolean outside = depth == 0;
            depth += token.is('(') || token.is('[') ? 1 : token.is(')') || token.is(']') ? -1 : 0;
            if (outside && isOperator(token)) {
                return null;
            }
            collate = outside && token.is("collate") ? at : collate;
            cast = outside && token.is(':') && phrase.is(at + 1, ':') ? at : cast;
        }
        if (phrase.find("zone", 0) > 1 && phrase.is(phrase.find("zone", 0) - 2, "at")) {
            return new Label("timezone", true);
        }
        return collate > 0
                ? of(phrase.from(0, collate))
                : cast > 0 ? cast(of(phrase.from(0, cast)), phrase.from(cast + 2)) : plain(phrase);
    }

    private static boolean isOperator(Token token) {
        return token.kind() == Token.Kind.SYMBOL
                ? "().[]:,".indexOf(token.text().charAt(0)) < 0
                : token.kind() == Token.Kind.WORD && OPERATORS.contains(token.text());
    }

    /** Of a cast the type, unless what is cast has a name. */
    private static @Nullable Label cast(@Nullable Label inner, Phrase type) {
        return (inner != null && inner.strong()) || type.size() == 0 ? inner : new Label(type(type), false);
    }

    private static String type(Phrase type) {
        String first = type.tokens().getFirst().text();
        if (type.is(0, "timestamp") || type.is(0, "time")) {
            return type.find("with", 0) > 0 ? first + "tz" : first;
        }
        if (type.is(0, "character") && type.is(1, "varying")) {
            return "varchar";
        }
        int last = 0;
        while (type.is(last + 1, '.') && last + 2 < type.size()) {
            last += 2;
        }
        String name = type.tokens().get(last).text();
        return TYPES.getOrDefault(name, name);
    }

    /** By what it is otherwise. */
    private static Label ofCase(Phrase phrase) {
        int otherwise = -1;
        for (int at = 1, depth = 0; at < phrase.size() - 1; at++) {
            depth += phrase.is(at, "case") ? 1 : phrase.is(at, "end") ? -1 : 0;
            otherwise = depth == 0 && phrase.is(at, "else") ? at : otherwise;
        }
        Label label = otherwise < 0 ? null : of(phrase.from(otherwise + 1, phrase.size() - 1));
        return label != null && label.strong() ? label : new Label("case", false);
    }

    /** A column or a call. */
    private static @Nullable Label plain(Phrase phrase) {
        int last = 0;
        while (phrase.is(last + 1, '.') && last + 2 < phrase.size()) {
            last += 2;
        }
        Token name = phrase.tokens().get(last);
        boolean constant = !name.isName() || (phrase.size() == 1 && CONSTANTS.contains(name.text()))
                || (last + 1 < phrase.size() && !phrase.is(last + 1, '(') && !phrase.is(last + 1, '['));
        if (constant) {
            return null;
        }
        Phrase arguments = phrase.is(last + 1, '(') ? phrase.from(last + 2, phrase.size() - 1) : null;
        if (arguments != null && name.is("cast")) {
            int as = arguments.find("as", 0);
            return as < 0 ? null : cast(of(arguments.from(0, as)), arguments.from(as + 1));
        }
        String called = arguments == null || !name.is("trim")
                ? name.text()
                : arguments.is(0, "leading") ? "ltrim" : arguments.is(0, "trailing") ? "rtrim" : "btrim";
        return new Label(called, true);
    }
}
