package dev.migrationledger.agent.tool.alembic.python.symbolic;

import dev.migrationledger.agent.tool.alembic.python.syntax.Expression;
import dev.migrationledger.agent.tool.alembic.python.syntax.Statement;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a {@code try} whose handler goes on can swallow. A statement that PostgreSQL refuses makes everything later in the transaction
 * fail, the migration's own row included, so where a revision ran to its end that did not happen. An error of Python leaves no such
 * trace: after a call that can raise one, the rest of the {@code try} is uncertain; so is all of it where a savepoint, a rollback
 * or autocommit keep the transaction alive.
 */
final class Attempts {

    /** Of these an inspector raises an error of its own where the table is missing. */
    private static final Set<String> REFLECTING = Set.of(
            "get_columns", "get_indexes", "get_foreign_keys", "get_unique_constraints", "get_check_constraints",
            "get_pk_constraint", "get_table_comment", "reflect", "reflect_table", "reflecttable", "scalar_one", "one");

    private static final Set<String> ENDING = Set.of("commit", "rollback", "execution_options", "begin_nested");

    private Attempts() {}

    /** Whether a handler goes on after an exception was caught. */
    static boolean goOn(Statement.Try attempt) {
        return attempt.handlers().stream()
                .anyMatch(handler -> handler.body().stream().noneMatch(Statement.Raise.class::isInstance));
    }

    /** Whether a handler keeps the transaction alive. */
    static boolean rollBack(Statement.Try attempt) {
        return attempt.handlers().stream().flatMap(handler -> handler.body().stream())
                .anyMatch(statement -> statement instanceof Statement.Evaluate(Expression.Call call, _)
                        && call.function() instanceof Expression.Attribute attribute
                        && attribute.name().equals("rollback"));
    }

    /** Whether a call can fail although PostgreSQL refused nothing, or can end the transaction. */
    static boolean canRaise(Symbol.Made call) {
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
        return switch (symbol) {
            case Symbol.Reference(String dotted, _) -> List.of("alembic.", "sqlalchemy.", "logging.", "builtins.")
                    .stream().anyMatch(dotted::startsWith);
            case Symbol.Member member -> isOfMigration(member.of());
            case Symbol.Made made -> isOfMigration(made.callee());
            case Symbol.Answered answered -> true;
            default -> false;
        };
    }
}
