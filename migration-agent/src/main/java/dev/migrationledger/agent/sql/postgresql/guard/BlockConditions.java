package dev.migrationledger.agent.sql.postgresql.guard;

import dev.migrationledger.agent.sql.postgresql.guard.BlockCondition.Constant;
import dev.migrationledger.agent.sql.postgresql.guard.BlockCondition.There;
import dev.migrationledger.agent.sql.text.Phrase;
import dev.migrationledger.agent.sql.text.Token;
import dev.migrationledger.contracts.schema.ObjectKind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads conditions. A query, a count of its rows and a looked up name are taken for the condition that the object is there: as a
 * truth, where they are more than 0, where they are not null.
 *
 * @param texts what is known of variables that hold a text
 * @param answers what is known of variables that hold what a query answered
 */
public record BlockConditions(Map<String, String> texts, Map<String, BlockCondition> answers) {

    private static final Set<String> RELATION_LOOKUPS = Set.of("to_regclass");
    private static final Set<String> TYPE_LOOKUPS = Set.of("to_regtype");

    /** A condition, or a query whose answer is one. */
    public BlockCondition read(String sql) {
        return read(Phrase.of(sql));
    }

    private BlockCondition read(Phrase phrase) {
        Phrase bare = phrase.bare();
        if (bare.size() == 0 || bare.find("between", 0) >= 0 || bare.find("case", 0) >= 0) {
            return unread(bare);
        }
        if (bare.is(0, "select") || bare.is(0, "perform")) {
            return query(bare);
        }
        List<Phrase> alternatives = bare.split("or");
        if (alternatives.size() > 1) {
            return new BlockCondition.Any(alternatives.stream().map(this::read).toList());
        }
        List<Phrase> parts = bare.split("and");
        if (parts.size() > 1) {
            return new BlockCondition.All(parts.stream().map(this::read).toList());
        }
        if (bare.is(0, "not")) {
            return read(bare.from(1)).negated();
        }
        return single(bare);
    }

    private BlockCondition single(Phrase bare) {
        int size = bare.size();
        if (bare.is(0, "exists") && bare.closing(1) == size - 1) {
            return read(bare.from(1));
        }
        if (bare.is(size - 1, "null") && bare.is(size - 2, "is")) {
            return read(bare.from(0, size - 2)).negated();
        }
        if (bare.is(size - 1, "null") && bare.is(size - 2, "not") && bare.is(size - 3, "is")) {
            return read(bare.from(0, size - 3));
        }
        if (size > 2 && (bare.is(size - 1, "true") || bare.is(size - 1, "false")) && isEqualOrIs(bare)) {
            BlockCondition condition = read(bare.from(0, size - 2));
            return bare.is(size - 1, "true") ? condition : condition.negated();
        }
        if (size > 2 && bare.tokens().getLast().kind() == Token.Kind.NUMBER) {
            return counted(bare);
        }
        if (size == 1) {
            return word(bare.tokens().getFirst());
        }
        return checked(bare.uncast());
    }

    private static boolean isEqualOrIs(Phrase bare) {
        Token before = bare.tokens().get(bare.size() - 2);
        return before.is("is") || (before.is('=') && !isOperator(bare, bare.size() - 3));
    }

    private static boolean isOperator(Phrase bare, int at) {
        return bare.is(at, '<') || bare.is(at, '>') || bare.is(at, '!');
    }

    private BlockCondition counted(Phrase bare) {
        int end = bare.size() - 1;
        int start = end;
        StringBuilder operator = new StringBuilder();
        while (start > 0 && "=<>!".contains(bare.tokens().get(start - 1).text())) {
            operator.insert(0, bare.tokens().get(--start).text());
        }
        BlockCondition some = read(bare.from(0, start));
        return switch (operator + bare.tokens().get(end).text()) {
            case "=0", "<1" -> some.negated();
            case ">0", ">=1", "=1", "<>0", "!=0" -> some;
            default -> some instanceof BlockCondition.Unclear ? some : new BlockCondition.Asked();
        };
    }

    private BlockCondition word(Token word) {
        if (word.is("true") || word.is("false")) {
            return new Constant(word.is("true"));
        }
        return answers.getOrDefault(word.text(), new BlockCondition.Unclear());
    }

    /** {@code to_regclass('t')}. */
    private BlockCondition checked(Phrase bare) {
        int open = bare.is(1, '.') ? 3 : 1;
        boolean call = bare.is(open, '(') && bare.closing(open) == bare.size() - 1;
        Phrase argument = call ? bare.from(open + 1, bare.size() - 1).uncast() : bare;
        String name = call && argument.size() == 1 ? text(argument.tokens().getFirst()) : null;
        if (name == null) {
            return unread(bare);
        }
        String function = bare.tokens().get(open - 1).text();
        List<String> parts = CatalogName.parts(true, name);
        String schema = parts.size() > 1 ? parts.getFirst() : null;
        if (RELATION_LOOKUPS.contains(function)) {
            return there(Catalog.RELATIONS.kinds(), schema, parts.getLast());
        }
        return TYPE_LOOKUPS.contains(function)
                ? there(Catalog.TYPES.kinds(), schema, parts.getLast())
                : unread(bare);
    }

    private BlockCondition unread(Phrase phrase) {
        return Query.isOfCatalogs(phrase, answers.keySet()) ? new BlockCondition.Asked() : new BlockCondition.Unclear();
    }

    private static BlockCondition there(Set<ObjectKind> kinds, @Nullable String schema, String name) {
        return new There(new CatalogLookup(kinds, schema, null, name), true);
    }

    private @Nullable String text(Token token) {
        return token.isString() ? token.text() : token.isName() ? texts.get(token.text()) : null;
    }

    private BlockCondition query(Phrase select) {
        int from = select.find("from", 0);
        if (from < 0) {
            int into = select.find("into", 0);
            return read(select.from(1, into < 0 ? select.size() : into));
        }
        CatalogLookup lookup = Query.lookup(select.from(from), texts::get);
        return lookup == null ? unread(select) : new There(lookup, true);
    }
}
