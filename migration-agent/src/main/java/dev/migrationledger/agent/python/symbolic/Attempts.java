package dev.migrationledger.agent.python.symbolic;

import dev.migrationledger.agent.python.syntax.Expression;
import dev.migrationledger.agent.python.syntax.Statement;
import java.util.List;
import java.util.function.Function;

/**
 * What a {@code try} whose handler goes on can swallow. A statement that the database refuses makes everything later in the transaction
 * fail, the migration's own row included, so where a revision ran to its end that did not happen. An error of Python leaves no such
 * trace: after a call that can raise one, the rest of the {@code try} is uncertain; so is all of it where a savepoint, a rollback
 * or autocommit keep the transaction alive.
 */
final class Attempts {

    private Attempts() {}

    /** Whether a handler goes on after an exception was caught. */
    static boolean goOn(Statement.Try attempt) {
        return attempt.handlers().stream()
                .anyMatch(handler -> handler.body().stream().noneMatch(Statement.Raise.class::isInstance));
    }

    /** Whether a handler keeps the transaction alive. */
    static boolean rollBack(Statement.Try attempt, RuntimeAssumptions assumptions) {
        return attempt.handlers().stream().map(Statement.Handler::place)
                .anyMatch(place -> assumptions.keepsTransaction(
                        place.source().text().substring(place.start(), place.end())));
    }

    /** Whether nothing can fail but what the database is asked to do. */
    static boolean onlyUsesDatabase(
            List<Statement> body, Function<Expression, Symbol> values, RuntimeAssumptions assumptions) {
        return body.stream().allMatch(statement -> switch (statement) {
            case Statement.Evaluate it -> isOfDatabase(it.expression(), values, assumptions);
            case Statement.Assign it -> it.targets().stream().allMatch(Expression.Name.class::isInstance)
                    && isOfDatabase(it.value(), values, assumptions);
            case Statement.With it ->
                it.items().stream().allMatch(item -> isOfDatabase(item.context(), values, assumptions))
                        && onlyUsesDatabase(it.body(), values, assumptions);
            case Statement.Return it -> it.value() == null || isOfDatabase(it.value(), values, assumptions);
            case Statement.Plain _ -> true;
            default -> false;
        });
    }

    private static boolean isOfDatabase(
            Expression expression, Function<Expression, Symbol> values, RuntimeAssumptions assumptions) {
        return switch (expression) {
            case Expression.Text _,Expression.Constant _,Expression.Numeral _ -> true;
            case Expression.Name name -> values.apply(name) instanceof Symbol.Text
                    || assumptions.usesDatabase(values.apply(name));
            case Expression.Formatted _,Expression.Binary _ -> callsNothing(expression)
                    && values.apply(expression) instanceof Symbol.Text;
            case Expression.Attribute it -> isOfDatabase(it.value(), values, assumptions);
            case Expression.Sequence it ->
                it.elements().stream().allMatch(one -> isOfDatabase(one, values, assumptions));
            case Expression.Call it -> isOfDatabase(it.function(), values, assumptions)
                    && it.arguments().stream()
                            .allMatch(argument -> isOfDatabase(argument.value(), values, assumptions));
            default -> false;
        };
    }

    private static boolean callsNothing(Expression expression) {
        return switch (expression) {
            case Expression.Text _,Expression.Numeral _,Expression.Name _ -> true;
            case Expression.Attribute it -> callsNothing(it.value());
            case Expression.Sequence it -> it.elements().stream().allMatch(Attempts::callsNothing);
            case Expression.Binary it -> callsNothing(it.left()) && callsNothing(it.right());
            case Expression.Formatted it -> it.parts().stream().allMatch(Attempts::callsNothing);
            case Expression.Field it -> it.specification() == null && callsNothing(it.value());
            default -> false;
        };
    }
}
