package dev.migrationledger.agent.tool.alembic.runtime;

import dev.migrationledger.agent.python.symbolic.Answer;
import dev.migrationledger.agent.python.symbolic.Guard;
import dev.migrationledger.agent.python.symbolic.Sought;
import dev.migrationledger.agent.python.symbolic.Symbol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Calls by which a script asks the database what is there: SQLAlchemy's inspector and queries of PostgreSQL's catalogs. */
final class SchemaLookups {

    /** Tables of PostgreSQL's catalogs, in a query that is not understood. */
    private static final Pattern CATALOGS = Pattern.compile("(?i)\\b(?:information_schema\\.|pg_\\w|to_reg\\w+\\()");

    private static final Set<String> QUERIES = Set.of("execute", "exec_driver_sql", "scalar", "scalars");

    private SchemaLookups() {}

    /**
     * What a call answers.
     *
     * @param asked how many calls there were before
     * @return absent where it asks for something else, or for what is not known
     */
    static @Nullable Symbol answer(Symbol.Made call, int asked) {
        if (!(call.callee() instanceof Symbol.Member(Symbol on, String method)) || !call.complete()) {
            return null;
        }
        try {
            if (isInspector(on)) {
                return inspected(method, new Given(call, 0), asked);
            }
            if (on instanceof Symbol.Member(Symbol of, String name) && name.equals("dialect") && isConnection(of)) {
                return inspected(method, new Given(call, 1), asked);
            }
            if (!isConnection(on)) {
                return null;
            }
            return switch (method) {
                case "has_table" -> inspected(method, new Given(call, 0), asked);
                case "execute", "exec_driver_sql" -> queried(new Given(call, 0), asked);
                case "scalar", "scalars" -> {
                    Symbol result = queried(new Given(call, 0), asked);
                    yield result instanceof Symbol.Answered(Answer answer)
                            ? QueryResults.method(answer, method)
                            : null;
                }
                default -> null;
            };
        } catch (Computed computed) {
            return null;
        }
    }

    /**
     * The condition on which a query succeeds that only reads a table or its columns.
     *
     * @param asked how many calls there were before
     * @return absent if the query can fail for another reason, or the call sends no query
     */
    static @Nullable Guard found(Symbol.Made call, int asked) {
        if (!(call.callee() instanceof Symbol.Member(Symbol on, String method)) || !call.complete()
                || !QUERIES.contains(method) || !isConnection(on)) {
            return null;
        }
        String sql = statement(new Given(call, 0).find(0, "statement"), new HashMap<>());
        List<Sought> needs = sql == null ? null : TableQuery.needs(sql);
        return needs == null
                ? null
                : Guard.all(needs.stream().<Guard>map(one -> new Guard.Found(one, true, asked)).toList());
    }

    /** Whether a call asks the inspector anything, or sends a query that names a catalog. */
    static boolean asksSchema(Symbol.Made call) {
        return call.callee() instanceof Symbol.Member(Symbol on, _)
                && (isInspector(on) || (isConnection(on) && call.positional().stream()
                        .anyMatch(one -> CATALOGS.matcher(Objects.requireNonNullElse(sql(one), "")).find())));
    }

    /** Something that is asked for cannot be known. */
    private static final class Computed extends Exception {
        private static final long serialVersionUID = 1L;

        Computed() {
            super(null, null, false, false);
        }
    }

    /**
     * What a call is given.
     *
     * @param skipped positional arguments that say nothing
     */
    private record Given(Symbol.Made call, int skipped) {

        @Nullable
        Symbol find(int position, String name) {
            Symbol symbol = position + skipped < call.positional().size()
                    ? call.positional().get(position + skipped)
                    : call.named().get(name);
            return symbol == Symbol.None.NONE ? null : symbol;
        }

        @Nullable
        String text(int position, String name) throws Computed {
            Symbol symbol = find(position, name);
            if (symbol != null && !(symbol instanceof Symbol.Text)) {
                throw new Computed();
            }
            return symbol instanceof Symbol.Text(String text, _) ? text : null;
        }

        String need(int position, String name) throws Computed {
            String text = text(position, name);
            if (text == null) {
                throw new Computed();
            }
            return text;
        }
    }

    private static @Nullable Symbol inspected(String method, Given given, int asked) throws Computed {
        return switch (method) {
            case "has_table" -> there(
                    Sought.Kind.RELATION, given.text(1, "schema"), null, given.need(0, "table_name"), asked);
            case "has_sequence" -> there(
                    Sought.Kind.SEQUENCE, given.text(1, "schema"), null, given.need(0, "sequence_name"), asked);
            case "has_schema" -> there(Sought.Kind.SCHEMA, null, null, given.need(0, "schema_name"), asked);
            case "has_index" -> there(
                    Sought.Kind.INDEX, given.text(2, "schema"), given.need(0, "table_name"),
                    given.need(1, "index_name"), asked);
            case "get_table_names" -> names(Sought.Kind.TABLE, given.text(0, "schema"), asked);
            case "get_view_names", "get_materialized_view_names" -> names(
                    Sought.Kind.VIEW, given.text(0, "schema"), asked);
            case "get_sequence_names" -> names(Sought.Kind.SEQUENCE, given.text(0, "schema"), asked);
            case "get_schema_names" -> names(Sought.Kind.SCHEMA, null, asked);
            case "get_columns" -> ofTable(Sought.Kind.COLUMN, given, asked);
            case "get_indexes" -> ofTable(Sought.Kind.INDEX, given, asked);
            case "get_foreign_keys", "get_unique_constraints", "get_check_constraints" -> ofTable(
                    Sought.Kind.CONSTRAINT, given, asked);
            case "get_enums" -> listed(Sought.Kind.TYPE, given.text(0, "schema"), null, asked, Answer.Form.ENTRIES);
            default -> null;
        };
    }

    private static Symbol there(
            Sought.Kind kind, @Nullable String schema, @Nullable String table, String name, int asked) {
        return new Symbol.Answered(new Answer.Holds(
                new Guard.Found(new Sought(kind, schema, table, name), true, asked)));
    }

    private static Symbol names(Sought.Kind kind, @Nullable String schema, int asked) {
        return listed(kind, schema, null, asked, Answer.Form.NAMES);
    }

    private static Symbol ofTable(Sought.Kind kind, Given given, int asked) throws Computed {
        return listed(kind, given.text(1, "schema"), given.need(0, "table_name"), asked, Answer.Form.ENTRIES);
    }

    private static Symbol listed(
            Sought.Kind kind, @Nullable String schema, @Nullable String table, int asked, Answer.Form form) {
        return new Symbol.Answered(new Answer.Objects(kind, schema, table, asked, form));
    }

    private static @Nullable Symbol queried(Given given, int asked) throws Computed {
        Map<String, String> named = new HashMap<>();
        List<String> positional = new ArrayList<>();
        String sql = statement(given.find(0, "statement"), named);
        parameters(given.find(1, "parameters"), named, positional);
        parameters(given.call().named(), named);
        CatalogQuery.Answer answer = sql == null ? null : CatalogQuery.of(sql, named, positional);
        return switch (answer) {
            case null -> null;
            case CatalogQuery.Answer.Rows rows -> rows(rows, asked);
            case CatalogQuery.Answer.Exists(CatalogQuery.Answer.Rows rows) -> {
                Guard guard = guard(rows, asked);
                yield guard == null ? null : single(new Answer.Holds(guard));
            }
            case CatalogQuery.Answer.Count(CatalogQuery.Answer.Rows rows) -> {
                Guard guard = guard(rows, asked);
                yield guard == null ? null : single(new Answer.Count(guard));
            }
            case CatalogQuery.Answer.Regclass it -> {
                Guard guard = new Guard.Found(new Sought(Sought.Kind.RELATION, it.schema(), null, it.name()), true,
                        asked);
                yield single(it.there() == null
                        ? new Answer.One(guard)
                        : new Answer.Holds(it.there() ? guard : guard.not()));
            }
        };
    }

    private static Symbol single(Answer value) {
        return new Symbol.Answered(new Answer.Single(new Symbol.Answered(value), false));
    }

    private static Symbol rows(CatalogQuery.Answer.Rows rows, int asked) {
        Guard guard = guard(rows, asked);
        return guard == null
                ? listed(rows.catalog().kind, rows.schema(), rows.table(), asked, Answer.Form.ENTRIES)
                : new Symbol.Answered(new Answer.Some(guard));
    }

    /** Absent where it asks for all of them. */
    private static @Nullable Guard guard(CatalogQuery.Answer.Rows rows, int asked) {
        String name = rows.name();
        return name == null
                ? null
                : new Guard.Found(
                        new Sought(rows.catalog().kind, rows.schema(), rows.table(), name), true, asked);
    }

    /** A text, {@code text(…)}, {@code text(…).bindparams(…)}. */
    private static @Nullable String statement(@Nullable Symbol statement, Map<String, String> named) {
        return switch (statement) {
            case null -> null;
            case Symbol.Text(String text, _) -> text;
            case Symbol.Made made when made.callee() instanceof Symbol.Member(Symbol of, String method)
                    && method.equals("bindparams") -> {
                parameters(made.named(), named);
                yield statement(of, named);
            }
            case Symbol.Made made when isCalled(made, "text") && made.positional().size() == 1 -> statement(
                    made.positional().getFirst(), named);
            default -> null;
        };
    }

    /** A statement's text, as far as it is known; absent where nothing is. */
    private static @Nullable String sql(Symbol statement) {
        return switch (statement) {
            case Symbol.Text(String text, _) -> text;
            case Symbol.Unknown unknown -> unknown.outline();
            case Symbol.Made made when !made.positional().isEmpty() -> sql(made.positional().getFirst());
            default -> null;
        };
    }

    private static void parameters(@Nullable Symbol given, Map<String, String> named, List<String> positional) {
        switch (given) {
            case Symbol.Dict dict -> {
                for (Symbol.Entry entry : dict.entries()) {
                    if (entry.key() instanceof Symbol.Text(String name, _)
                            && entry.value() instanceof Symbol.Text(String value, _)) {
                        named.put(name, value);
                    }
                }
            }
            case Symbol.Items items when items.values().stream().allMatch(Symbol.Text.class::isInstance) ->
                items.values().forEach(value -> positional.add(((Symbol.Text) value).text()));
            case null, default -> {
                // Without them what it asks for is not known.
            }
        }
    }

    private static void parameters(Map<String, Symbol> given, Map<String, String> named) {
        given.forEach((name, symbol) -> {
            if (symbol instanceof Symbol.Text(String value, _)) {
                named.put(name, value);
            }
        });
    }

    /** {@code sa.inspect(bind)}, {@code Inspector.from_engine(bind)}. */
    private static boolean isInspector(Symbol symbol) {
        return symbol instanceof Symbol.Made made
                && (isCalled(made, "inspect") || isCalled(made, "from_engine") || isCalled(made, "Inspector"))
                && made.positional().size() == 1
                && isConnection(made.positional().getFirst());
    }

    private static boolean isCalled(Symbol.Made made, String last) {
        return made.callee() instanceof Symbol.Reference reference && reference.dotted().startsWith("sqlalchemy.")
                && reference.dotted().endsWith("." + last);
    }

    /** Whether it is the migration's own connection, something that has it, or one that is made of the same configuration. */
    private static boolean isConnection(Symbol symbol) {
        return switch (symbol) {
            case Symbol.Reference reference -> List.of("alembic.op.get_bind", "alembic.op.get_context",
                    "alembic.context.get_bind", "alembic.context.get_context", "alembic.context.config")
                    .contains(reference.dotted());
            case Symbol.Member member -> isConnection(member.of());
            case Symbol.Made made when made.callee() instanceof Symbol.Reference reference
                    && reference.dotted().startsWith("sqlalchemy.") ->
                (reference.dotted().endsWith("Session") || reference.dotted().endsWith("engine_from_config"))
                        && isConnection(made.positional().isEmpty()
                                ? made.named().getOrDefault("bind", Symbol.None.NONE)
                                : made.positional().getFirst());
            case Symbol.Made made -> isConnection(made.callee());
            default -> false;
        };
    }
}
