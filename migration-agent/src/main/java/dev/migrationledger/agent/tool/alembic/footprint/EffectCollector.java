package dev.migrationledger.agent.tool.alembic.footprint;

import dev.migrationledger.agent.python.symbolic.CallListener;
import dev.migrationledger.agent.python.symbolic.EvaluationLimitExceeded;
import dev.migrationledger.agent.python.symbolic.Guard;
import dev.migrationledger.agent.python.symbolic.Symbol;
import dev.migrationledger.agent.python.symbolic.Symbol.Made;
import dev.migrationledger.agent.python.symbolic.Symbol.Member;
import dev.migrationledger.agent.python.syntax.Source;
import dev.migrationledger.agent.python.syntax.SourceRange;
import dev.migrationledger.agent.sql.effect.Changes;
import dev.migrationledger.agent.sql.postgresql.Placeholders;
import dev.migrationledger.agent.sql.postgresql.StepLimitExceeded;
import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.footprint.Location;
import dev.migrationledger.contracts.footprint.Reach;
import dev.migrationledger.contracts.unread.OperationReason.Part;
import dev.migrationledger.contracts.unread.OperationReason.TooManyEffects;
import dev.migrationledger.contracts.unread.OperationReason.UnknownOperation;
import dev.migrationledger.contracts.unread.UnreadReason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Turns what happens in a function into what it does to the schema. Whatever is not known to be harmless is said. */
final class EffectCollector implements CallListener {

    /** What strings, lists, dicts and types of columns have; an unknown value whose method has such a name is taken for one of them. */
    private static final Set<String> OF_VALUES = Set.of(
            "append", "as_mutable", "capitalize", "copy", "count", "decode", "encode", "endswith", "extend", "find",
            "format", "get",
            "hex", "index", "isdigit", "isoformat", "items", "join", "keys", "lower", "lstrip", "now", "partition",
            "pop", "remove", "replace", "rsplit", "rstrip", "setdefault", "sort", "split", "splitlines", "startswith",
            "strftime", "strip", "title", "total_seconds", "union", "update", "upper", "utcnow", "values",
            "with_variant", "zfill");

    /** What loggers have, wherever they come from. */
    private static final Set<String> OF_LOGGERS = Set.of(
            "critical", "debug", "error", "exception", "info", "log", "warn", "warning");

    /** Methods of sessions that run whatever they are given. */
    private static final Set<String> RUNNING = Set.of("run_sync", "run_callable", "invoke", "configure");

    private static final Set<String> EXECUTING = Set.of(
            "execute", "scalar", "scalars", "exec_driver_sql", "executemany", "copy_expert");

    /** Methods that execute, and that no result has. */
    private static final Set<String> ONLY_EXECUTING = Set.of("execute", "executemany", "executescript",
            "exec_driver_sql", "copy_expert");

    /** Methods of connections and sessions that end or begin something, or only look. */
    private static final Set<String> QUIET = Set.of(
            "begin", "begin_nested", "close", "commit", "connect", "connection", "execution_options", "expunge_all",
            "get", "get_bind", "in_transaction", "query", "rollback", "all", "filter", "filter_by", "first", "one",
            "one_or_none", "order_by", "join", "outerjoin", "options", "limit", "offset", "count", "distinct",
            "group_by", "yield_per", "exists", "subquery", "with_entities", "detach", "dispose", "expire_all",
            "select_from", "flush", "refresh", "expire", "expunge", "get_isolation_level", "has_table", "invalidate",
            "__enter__", "__exit__", "scalar_subquery",
            "label", "cursor", "raw_connection", "fetchone", "fetchmany", "fetchall", "mogrify", "__next__");

    /** Methods of sessions that give objects, whose attributes a script may set. */
    private static final Set<String> FETCHING = Set.of("query", "get", "scalars");

    /** Methods of sessions that write such objects back. */
    private static final Set<String> WRITING_BACK = Set.of("commit", "flush");

    /** Methods of tables that add a part before the table is made. */
    private static final Set<String> APPENDING = Set.of("append_column", "append_constraint");

    private static final Pattern OF_DATABASES = Pattern.compile(
            "(?i)alembic|sqlalchemy|psycopg|asyncpg|sqlmodel|session|conn|cursor|execut|engine|bind|query|model|sql|databases?|\\bdb\\b|\\bop\\b");

    /** A dump of a database of a thousand tables has 6,000. */
    private static final int MOST_EFFECTS = 20_000;

    private final Map<Source, Boolean> knowingNone = new HashMap<>();
    private final DeclaredTables tables;
    private final Changes changes = new Changes();
    /** Whether a session gave objects before. */
    private boolean sessionRead;
    /** In how many autocommit blocks it is. */
    private int autocommitting;
    private final NamingConvention convention;
    private final boolean commitsEachStatement;

    /**
     * For one function.
     *
     * @param module what the script binds outside of its functions
     */
    EffectCollector(EnvironmentSettings environment, Collection<Symbol> module) {
        this.convention = environment.convention();
        this.commitsEachStatement = environment.commitsEachStatement();
        this.tables = new DeclaredTables(module);
    }

    @Override
    public void autocommits(boolean begins) {
        autocommitting += begins ? 1 : -1;
        changes.commit();
    }

    @Override
    public boolean commitsEachStatement() {
        return commitsEachStatement;
    }

    /** How much was done when each call came. */
    private final List<Integer> progress = new ArrayList<>();

    Effects effects() {
        return changes.effects();
    }

    @Override
    public void called(Made call, SourceRange inFollowed, Guard guard) {
        if (changes.size() > MOST_EFFECTS) {
            throw new EvaluationLimitExceeded(new TooManyEffects(MOST_EFFECTS));
        }
        progress.add(changes.size());
        boolean concurrently = isConcurrent(call);
        if (autocommitting > 0 || concurrently || isCommit(call)) {
            changes.commit();
        } else if (commitsEachStatement) {
            changes.endStatement();
        }
        tables.add(call);
        Changes.At at = changes.at(location(call.place(), inFollowed), SchemaChecks.facts(guard, progress));
        try {
            run(call, at, guard.isAlways());
            if (!call.complete() && matters(call)) {
                throw new UnknownEffect(new UnknownOperation(Part.UNPACKED_ARGUMENTS));
            }
            if (concurrently) {
                changes.commit();
            }
        } catch (UnknownEffect notKnown) {
            if (CalleeKind.of(call.callee()) == CalleeKind.UNKNOWN && knowsNoDatabase(call.place(), inFollowed)) {
                return;
            }
            Reach reach = notKnown.reach();
            at.unknown(
                    call.place().excerpt(), notKnown.reason(), reach.equals(Reach.ANYTHING) ? bounds(call) : reach);
        } catch (StepLimitExceeded exceeded) {
            throw new EvaluationLimitExceeded(exceeded.reason());
        }
    }

    @Override
    public void unknown(SourceRange place, SourceRange inFollowed, String expression, UnreadReason reason) {
        if (knowsNoDatabase(place, inFollowed)) {
            return;
        }
        changes.at(location(place, inFollowed), true).unknown(expression, reason);
    }

    /** Whether it is in another file, whose text has no word for anything that leads to a database: what is not known there is a value. */
    private boolean knowsNoDatabase(SourceRange place, SourceRange inFollowed) {
        Source source = place.source();
        return !source.equals(inFollowed.source())
                && knowingNone.computeIfAbsent(source, one -> !OF_DATABASES.matcher(one.text()).find());
    }

    /** Both lines: of the script, and of the other file to which it leads. */
    private static Location location(SourceRange place, SourceRange inFollowed) {
        return place.source().equals(inFollowed.source())
                ? Location.line(place.line())
                : new Location(inFollowed.line(), place.source().file(), place.line());
    }

    /** What a call can have done at most. */
    private static Reach bounds(Made call) {
        Symbol owner = call.callee() instanceof Member member ? member.of() : call.callee();
        String name = call.callee() instanceof Member member ? member.name() : Symbols.last(call);
        return switch (CalleeKind.of(owner)) {
            case OPERATIONS -> EffectBounds.ofOperation(name, call, null);
            case BATCH -> EffectBounds.ofOperation(name, call, owner instanceof Made batch ? batch : call);
            case METADATA -> {
                Action action = name.startsWith("create") ? Action.CREATE : Action.DROP;
                Reach table = EffectBounds.ofTable(owner);
                yield new Reach(Set.of(action), null, table.names());
            }
            case CONSTRUCT, UNKNOWN -> EffectBounds.ofTable(owner);
            case CONTEXT, CONNECTION, SESSION, RESULT, HARMLESS, ELSEWHERE -> Reach.ANYTHING;
        };
    }

    private static boolean isCommit(Made call) {
        return call.callee() instanceof Member(Symbol owner, String name) && name.equals("commit")
                && (CalleeKind.of(owner) == CalleeKind.CONNECTION || CalleeKind.of(owner) == CalleeKind.SESSION);
    }

    /** PostgreSQL does that outside of a transaction only. */
    private static boolean isConcurrent(Made call) {
        return call.named().get("postgresql_concurrently") instanceof Symbol.Truth(boolean on) && on;
    }

    private static boolean matters(Made call) {
        return switch (CalleeKind.of(call.callee())) {
            case OPERATIONS, BATCH -> true;
            case CONTEXT, CONNECTION, SESSION, METADATA, RESULT, CONSTRUCT, HARMLESS, ELSEWHERE, UNKNOWN -> false;
        };
    }

    private void run(Made call, Changes.At at, boolean always) throws UnknownEffect {
        Symbol owner = call.callee() instanceof Member member ? DeclaredTables.declared(member.of()) : call.callee();
        String name = call.callee() instanceof Member member ? member.name() : Symbols.last(call);
        switch (CalleeKind.of(owner)) {
            case OPERATIONS -> new Operations(at, convention, null).run(name, call);
            case BATCH -> new Operations(at, convention, owner instanceof Made batch ? batch : call).run(name, call);
            case CONNECTION -> connection(name, call, at);
            case SESSION -> session(name, call, at);
            case CONTEXT -> context(name, call, at);
            case METADATA -> metadata(owner, name, call, at);
            case CONSTRUCT -> {
                if (APPENDING.contains(name) && Constructs.isTable(owner) && !call.positional().isEmpty()) {
                    if (!always) {
                        throw new UnknownEffect(new UnknownOperation(Part.CONDITIONAL_APPEND));
                    }
                    tables.append(owner, call.positional().getFirst());
                } else {
                    construct(tables.whole(owner), name, call, at);
                }
            }
            case ELSEWHERE -> elsewhere(call);
            case UNKNOWN -> {
                if (!OF_VALUES.contains(name)) {
                    throw new UnknownEffect(new UnknownOperation(Part.UNKNOWN_CALLEE));
                }
            }
            case HARMLESS -> {
                // Nothing but values, except that a data frame can be written into a table.
                if (name.equals("to_sql")) {
                    String table = Symbols.text(new NamedArguments(call, "name").find("name"));
                    throw new UnknownEffect(new UnknownOperation(Part.WRITES_TABLE),
                            table == null ? Reach.ANYTHING : Reach.of(Set.of(table)));
                }
            }
            case RESULT -> {
                if (ONLY_EXECUTING.contains(name)) {
                    throw new UnknownEffect(new UnknownOperation(Part.UNKNOWN_EXECUTION));
                }
            }
        }
    }

    private static void connection(String name, Made call, Changes.At at) throws UnknownEffect {
        if (EXECUTING.contains(name)) {
            NamedArguments arguments = new NamedArguments(call, "statement", "values");
            new Executed(at).run(
                    arguments.need("statement"),
                    arguments.find("values") == null ? Placeholders.NONE : Placeholders.PERCENT);
        } else if (!QUIET.contains(name)) {
            throw new UnknownEffect(new UnknownOperation(Part.CONNECTION_USE));
        }
    }

    private void session(String name, Made call, Changes.At at) throws UnknownEffect {
        sessionRead |= FETCHING.contains(name);
        if (EXECUTING.contains(name) && !call.positional().isEmpty()) {
            new Executed(at).run(call.positional().getFirst(), Placeholders.NONE);
        } else if (sessionRead && WRITING_BACK.contains(name)) {
            throw new UnknownEffect(new UnknownOperation(Part.SESSION_ROWS), Reach.ROWS);
        } else if (!QUIET.contains(name) && !EXECUTING.contains(name) && !name.startsWith("Session")
                && !name.endsWith("sessionmaker") && !name.isEmpty()) {
            throw new UnknownEffect(
                    new UnknownOperation(Part.SESSION_CLASSES),
                    RUNNING.contains(name) ? Reach.ANYTHING : Reach.ROWS);
        }
    }

    private void metadata(Symbol owner, String name, Made call, Changes.At at) throws UnknownEffect {
        switch (name) {
            case "create_all", "drop_all" -> {
                NamedArguments arguments = new NamedArguments(call, "bind", "tables", "checkfirst");
                List<Symbol> all = tables.of(owner, arguments.find("tables"));
                boolean looks = !arguments.isFalse("checkfirst");
                if (name.equals("drop_all")) {
                    for (Symbol table : all.reversed()) {
                        Constructs.drop(table, looks, at);
                    }
                    return;
                }
                for (Symbol table : all) {
                    if (!looks || !at.hasCreated(Constructs.table(table))) {
                        Constructs.create(tables.whole(table), looks, at);
                    }
                }
            }
            case "create" -> throw new UnknownEffect(new UnknownOperation(Part.CREATED_OBJECT));
            case "drop" -> throw new UnknownEffect(new UnknownOperation(Part.DROPPED_OBJECT));
            case "reflect" -> tables.reflect();
            default -> {
                // Only looks.
            }
        }
    }

    private static void context(String name, Made call, Changes.At at) throws UnknownEffect {
        switch (name) {
            case "execute" -> new Executed(at).run(new NamedArguments(call, "sql").need("sql"), Placeholders.COLON);
            case "run_migrations", "configure", "create_table", "drop_table" -> throw new UnknownEffect(
                    new UnknownOperation(Part.CONTEXT_USE));
            default -> {
                // Only says how the migration is run, or begins a transaction.
            }
        }
    }

    private static void construct(Symbol owner, String name, Made call, Changes.At at) throws UnknownEffect {
        boolean method = call.callee() instanceof Member && Symbols.dotted(owner) == null;
        if (!method) {
            return;
        }
        NamedArguments arguments = new NamedArguments(call, "bind", "checkfirst");
        // PostgreSQL's own class looks first unless it is told not to; the general ones do not unless they are told to.
        boolean looks = arguments.has("checkfirst")
                ? arguments.isOn("checkfirst")
                : Symbols.last(owner).equals("ENUM");
        switch (name) {
            case "create" -> Constructs.create(owner, looks, at);
            case "drop" -> Constructs.drop(owner, looks, at);
            case "execute", "scalar" -> throw new UnknownEffect(new UnknownOperation(Part.UNKNOWN_EXECUTION));
            default -> {
                // Builds an expression.
            }
        }
    }

    /** Making an object does nothing, as far as anyone was seen to write it; a function may do anything. */
    private static void elsewhere(Made call) throws UnknownEffect {
        String last = Symbols.last(call);
        boolean isClass = !last.isEmpty() && Character.isUpperCase(last.charAt(0));
        boolean logs = call.callee() instanceof Member member && OF_LOGGERS.contains(member.name());
        if (!isClass && !logs && !OF_LOGGERS.contains(last)) {
            throw new UnknownEffect(new UnknownOperation(Part.CALLEE_ELSEWHERE));
        }
    }
}
