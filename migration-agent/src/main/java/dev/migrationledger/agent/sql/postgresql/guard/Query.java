package dev.migrationledger.agent.sql.postgresql.guard;

import dev.migrationledger.agent.sql.text.Phrase;
import dev.migrationledger.agent.sql.text.Token;
import dev.migrationledger.contracts.schema.ObjectKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A query of catalogs for one object: what stands behind its FROM. */
final class Query {

    private static final Set<String> BEFORE_CONDITION = Set.of("on", "where");
    private static final Set<String> BEFORE_RELATION = Set.of(
            "from", "join", "inner", "left", "right", "full", "outer", "cross", "natural");
    private static final Set<String> BEHIND = Set.of("limit", "order", "for", "fetch");
    private static final Set<String> NOT_FOLLOWED = Set.of("union", "intersect", "except", "group", "having", "using");

    /** Columns that say more of an object of which the name says enough. */
    private static final Set<String> BESIDES = Set.of(
            "table_catalog", "constraint_catalog", "contype", "constraint_type", "typtype", "table_type",
            "attisdropped",
            "tgisinternal", "routine_type", "prokind", "attnum");

    private static final Set<String> LOOKUPS = Set.of("to_regclass", "to_regtype", "to_regproc", "to_regprocedure",
            "to_regnamespace");

    private static final Set<String> VISIBILITY = Set.of(
            "pg_table_is_visible", "pg_type_is_visible", "pg_function_is_visible");

    private final UnaryOperator<@Nullable String> variables;
    private final Set<String> relations = new LinkedHashSet<>();
    private final Map<String, String> equal = new HashMap<>();
    private final Set<ObjectKind> kinds = new HashSet<>();

    /** Whether only the schemas are asked to which unqualified names go. */
    private boolean visible;

    private Query(UnaryOperator<@Nullable String> variables) {
        this.variables = variables;
    }

    /**
     * The object that a query looks for; absent: it asks for more than whether one object is there.
     *
     * @param from what stands behind SELECT from FROM on
     * @param variables their texts, by name
     */
    static @Nullable CatalogLookup lookup(Phrase from, UnaryOperator<@Nullable String> variables) {
        Query query = new Query(variables);
        return query.read(from) ? query.found() : null;
    }

    /**
     * Whether something asks what is in the schema, and nothing else.
     *
     * @param answered variables that hold what the catalogs answered
     */
    static boolean isOfCatalogs(Phrase phrase, Set<String> answered) {
        boolean found = false;
        for (int i = 0; i < phrase.size(); i++) {
            Token token = phrase.tokens().get(i);
            if (token.isName() && (LOOKUPS.contains(token.text()) || answered.contains(token.text()))) {
                found = true;
            } else if (i > 0 && token.isName() && (phrase.is(i - 1, "from") || phrase.is(i - 1, "join"))) {
                int at = i + (token.is("pg_catalog") ? 2 : 0);
                if (!token.is("information_schema")
                        && (at >= phrase.size() || !Catalog.isOne(phrase.tokens().get(at).text()))) {
                    return false;
                }
                found = true;
            }
        }
        return found;
    }

    private boolean read(Phrase from) {
        List<Token> condition = new ArrayList<>();
        boolean conditions = false;
        int at = 0;
        while (at < from.size()) {
            Token token = from.tokens().get(at);
            String word = token.kind() == Token.Kind.WORD ? token.text() : "";
            if (BEHIND.contains(word)) {
                break;
            }
            if (NOT_FOLLOWED.contains(word)) {
                return false;
            }
            int end = token.is('(') ? from.closing(at) + 1 : at + 1;
            if (BEFORE_CONDITION.contains(word) || BEFORE_RELATION.contains(word)
                    || (!conditions && token.is(','))) {
                if (!conditions(new Phrase(condition))) {
                    return false;
                }
                condition.clear();
                conditions = BEFORE_CONDITION.contains(word);
            } else if (conditions) {
                condition.addAll(from.from(at, Math.min(end, from.size())).tokens());
            } else if (token.is('(')) {
                return false;
            } else if (token.isName() && isRelation(from, at)) {
                end = relation(from, at);
            }
            at = end;
        }
        return conditions(new Phrase(condition));
    }

    private static boolean isRelation(Phrase from, int at) {
        return at > 0 && (from.is(at - 1, ',') || BEFORE_RELATION.contains(from.tokens().get(at - 1).text()));
    }

    private int relation(Phrase from, int at) {
        boolean qualified = from.is(at + 1, '.') && at + 2 < from.size();
        String first = from.tokens().get(at).text();
        String last = from.tokens().get(qualified ? at + 2 : at).text();
        relations.add(qualified && !first.equals("pg_catalog") ? first + "." + last : last);
        return at + (qualified ? 3 : 1);
    }

    private boolean conditions(Phrase condition) {
        if (condition.size() == 0) {
            return true;
        }
        for (Phrase part : condition.bare().split("and")) {
            if (!condition(part.bare())) {
                return false;
            }
        }
        return true;
    }

    private boolean condition(Phrase part) {
        if (part.size() > 1 && part.split("and").size() > 1) {
            return conditions(part);
        }
        if (part.size() == 0 || part.find("or", 0) >= 0) {
            return false;
        }
        if (BESIDES.contains(column(part.is(0, "not") ? part.from(1) : part))) {
            return true;
        }
        if (part.tokens().stream().anyMatch(token -> token.isName() && VISIBILITY.contains(token.text()))) {
            visible = true;
            return true;
        }
        int in = part.find("in", 0);
        if (in > 0) {
            return listed(column(part.from(0, in)), part.from(in + 1).bare());
        }
        int equals = equalSign(part);
        return equals > 0 && compared(part.from(0, equals).bare(), part.from(equals + 1).bare());
    }

    private static int equalSign(Phrase part) {
        int depth = 0;
        for (int at = 1; at < part.size(); at++) {
            depth += part.is(at, '(') ? 1 : part.is(at, ')') ? -1 : 0;
            if (depth == 0 && part.is(at, '=')) {
                return part.tokens().get(at - 1).kind() == Token.Kind.SYMBOL && !part.is(at - 1, ')') ? -1 : at;
            }
        }
        return -1;
    }

    private boolean listed(String column, Phrase values) {
        boolean all = true;
        for (Token value : values.tokens()) {
            all &= value.is(',') || (value.isString() && column.equals("relkind") && kind(value.text()));
        }
        return BESIDES.contains(column) || all
                || (values.size() == 1 && values.tokens().getFirst().isString() && equal(column, values));
    }

    private boolean compared(Phrase left, Phrase right) {
        String column = column(left);
        String other = column(right);
        boolean isColumn = !column.isEmpty() && variables.apply(column) == null;
        boolean isOther = !other.isEmpty() && variables.apply(other) == null;
        if (isColumn && isOther) {
            return true;
        }
        return isColumn ? equal(column, right) : isOther && equal(other, left);
    }

    private boolean equal(String column, Phrase value) {
        if (BESIDES.contains(column)) {
            return true;
        }
        String text = text(value.uncast());
        if (column.equals("relkind")) {
            return text != null && kind(text);
        }
        if (text != null) {
            equal.put(column, text);
            return true;
        }
        visible |= isCurrentSchema(value);
        return isCurrentSchema(value);
    }

    private static boolean isCurrentSchema(Phrase value) {
        return value.tokens().stream().anyMatch(token -> token.is("current_schema") || token.is("current_schemas"));
    }

    private @Nullable String text(Phrase value) {
        Phrase bare = value.bare();
        if (bare.size() == 1) {
            Token only = bare.tokens().getFirst();
            return only.isString() ? only.text() : only.isName() ? variables.apply(only.text()) : null;
        }
        // (SELECT oid FROM pg_namespace WHERE nspname = 'public')
        int where = bare.is(0, "select") ? bare.find("where", 0) : -1;
        Phrase condition = where < 0 ? bare.from(0, 0) : bare.from(where + 1).bare();
        int equals = condition.size() == 0 ? -1 : equalSign(condition);
        boolean named = equals > 0 && Set.of("nspname", "typname", "relname")
                .contains(column(condition.from(0, equals)));
        return named ? text(condition.from(equals + 1).uncast()) : null;
    }

    private boolean kind(String relationKind) {
        switch (relationKind) {
            case "r", "p", "f" -> kinds.add(ObjectKind.TABLE);
            case "v" -> kinds.add(ObjectKind.VIEW);
            case "m" -> kinds.add(ObjectKind.MATERIALIZED_VIEW);
            case "i", "I" -> kinds.add(ObjectKind.INDEX);
            case "S" -> kinds.add(ObjectKind.SEQUENCE);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** The column's name where a phrase is nothing but a column; else empty. */
    private static String column(Phrase phrase) {
        Phrase bare = phrase.bare().uncast();
        boolean qualified = bare.size() == 3 && bare.is(1, '.') && bare.tokens().getFirst().isName();
        boolean single = bare.size() == 1 || qualified;
        return single && bare.tokens().getLast().isName() ? bare.tokens().getLast().text() : "";
    }

    private @Nullable CatalogLookup found() {
        for (Catalog catalog : Catalog.values()) {
            String name = relations.contains(catalog.relation()) ? equal.remove(catalog.nameColumn()) : null;
            if (name != null) {
                return found(catalog, name);
            }
        }
        return null;
    }

    private @Nullable CatalogLookup found(Catalog catalog, String name) {
        String schema = visible || !catalog.hasSchema() ? null : CatalogLookup.ANY_SCHEMA;
        String owner = null;
        for (Map.Entry<String, String> each : equal.entrySet()) {
            boolean resolved = each.getKey().endsWith("id");
            List<String> parts = CatalogName.parts(resolved, each.getValue());
            if (catalog.isOwner(each.getKey())) {
                owner = parts.getLast();
                schema = parts.size() > 1
                        ? parts.getFirst()
                        : resolved && CatalogLookup.ANY_SCHEMA.equals(schema) ? null : schema;
            } else if (catalog.isSchema(each.getKey())) {
                schema = parts.getLast();
            } else {
                return null;
            }
        }
        boolean relation = catalog == Catalog.RELATIONS && !kinds.isEmpty();
        return new CatalogLookup(relation ? kinds : catalog.kinds(), schema, owner, name);
    }
}
