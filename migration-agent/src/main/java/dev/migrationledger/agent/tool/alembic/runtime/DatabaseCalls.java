package dev.migrationledger.agent.tool.alembic.runtime;

import dev.migrationledger.agent.python.symbolic.Answer;
import dev.migrationledger.agent.python.symbolic.Guard;
import dev.migrationledger.agent.python.symbolic.Sought;
import dev.migrationledger.agent.python.symbolic.Symbol;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which calls of Alembic and SQLAlchemy can fail, be refused by PostgreSQL or end the transaction. */
final class DatabaseCalls {

    /** Of these an inspector raises an error of its own where the table is missing. */
    private static final Set<String> REFLECTING = Set.of(
            "get_columns", "get_indexes", "get_foreign_keys", "get_unique_constraints", "get_check_constraints",
            "get_pk_constraint", "get_table_comment", "reflect", "reflect_table", "reflecttable", "scalar_one", "one");

    private static final Set<String> ENDING = Set.of("commit", "rollback", "execution_options", "begin_nested");

    /** What is called on a result, a connection or the context, and asks the database for nothing. */
    private static final Set<String> QUIET = Set.of("fetchall", "fetchone", "fetchmany", "first", "all", "one_or_none",
            "scalar_one_or_none", "mappings", "close", "connect", "bindparams");

    private static final List<String> OF_DATABASE = List.of("alembic.", "sqlalchemy.");

    private static final Pattern KEEPING = Pattern.compile("(?i)\\b(rollback|begin_nested|autocommit\\w*)\\b");

    private DatabaseCalls() {}

    /** On which condition a call does not fail, and lets the transaction go on as it was. */
    static Guard succeeds(Symbol.Made call, int asked) {
        if (!canRaise(call)) {
            return Guard.All.ALWAYS;
        }
        Sought table = reflected(call, asked);
        return table != null
                ? new Guard.Found(table, true, asked)
                : isOf(call.callee(), OF_DATABASE) ? Guard.Open.TRIED : Guard.Open.PERHAPS;
    }

    /** The table without which a call fails in Python alone; absent: it is another call, or that is not known. */
    private static @Nullable Sought reflected(Symbol.Made call, int asked) {
        if (SchemaLookups.answer(call, asked) instanceof Symbol.Answered(Answer.Objects objects)
                && objects.table() != null) {
            return new Sought(Sought.Kind.RELATION, objects.schema(), null, objects.table());
        }
        boolean table = call.callee() instanceof Symbol.Reference(String dotted, _) && dotted.endsWith(".Table")
                && loads(call) && !call.positional().isEmpty();
        Symbol schema = call.named().getOrDefault("schema", Symbol.None.NONE);
        boolean known = schema == Symbol.None.NONE || schema instanceof Symbol.Text;
        return table && known && call.positional().getFirst() instanceof Symbol.Text(String name, _)
                ? new Sought(Sought.Kind.RELATION,
                        schema instanceof Symbol.Text(String named, _) ? named : null, null, name)
                : null;
    }

    /** Whether a call has the transaction go on after a statement that is refused, or end. */
    static boolean keepTransaction(Symbol.Made call) {
        return call.callee() instanceof Symbol.Member(_, String name) && ENDING.contains(name);
    }

    /** Whether an exception handler has the words that keep the transaction alive. */
    static boolean keepTransaction(String handler) {
        return KEEPING.matcher(handler).find();
    }

    /** Whether a call can ask the database to do something that it refuses. */
    static boolean canBeRefused(Symbol.Made call) {
        return switch (call.callee()) {
            case Symbol.Reference(String dotted, _) when dotted.startsWith("alembic.op.") ->
                !dotted.equals("alembic.op.get_bind") && !dotted.equals("alembic.op.get_context")
                        && !dotted.equals("alembic.op.f");
            case Symbol.Reference _ -> canRaise(call);
            case Symbol.Member(Symbol on, String name) -> !ENDING.contains(name) && !QUIET.contains(name)
                    && !(name.equals("scalar") && call.positional().isEmpty() && call.named().isEmpty())
                    && !isOf(on, List.of("logging.", "builtins."));
            default -> true;
        };
    }

    /** Whether a call can fail although PostgreSQL refused nothing, or can end the transaction. */
    private static boolean canRaise(Symbol.Made call) {
        return switch (call.callee()) {
            case Symbol.Reference(String dotted, _) -> !dotted.startsWith("alembic.op.")
                    && !dotted.startsWith("builtins.") && !dotted.startsWith("logging.")
                    && (!dotted.startsWith("sqlalchemy.") || loads(call)) && !makesValue(dotted, call);
            case Symbol.Member(Symbol on, String name) -> REFLECTING.contains(name) || ENDING.contains(name)
                    || !isOfMigration(on);
            default -> true;
        };
    }

    /** Whether an object is made of values alone, such as the type of a column. */
    private static boolean makesValue(String dotted, Symbol.Made call) {
        return Character.isUpperCase(dotted.charAt(dotted.lastIndexOf('.') + 1))
                && Stream.concat(call.positional().stream(), call.named().values().stream())
                        .noneMatch(argument -> (argument instanceof Symbol.Made made && canRaise(made))
                                || argument instanceof Symbol.Unknown)
                && !loads(call);
    }

    private static boolean loads(Symbol.Made call) {
        return call.named().keySet().stream().anyMatch(List.of("autoload", "autoload_with")::contains);
    }

    private static boolean isOfMigration(Symbol symbol) {
        return isOf(symbol, OF_DATABASE) || isOf(symbol, List.of("logging.", "builtins."));
    }

    /** Whether something is of these packages, or comes from them. */
    static boolean isOf(Symbol symbol, List<String> packages) {
        return switch (symbol) {
            case Symbol.Reference(String dotted, _) -> packages.stream().anyMatch((dotted + ".")::startsWith);
            case Symbol.Member member -> isOf(member.of(), packages);
            case Symbol.Made made -> isOf(made.callee(), packages);
            case Symbol.Answered answered -> true;
            default -> false;
        };
    }
}
