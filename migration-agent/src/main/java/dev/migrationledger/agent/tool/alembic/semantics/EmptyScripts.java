package dev.migrationledger.agent.tool.alembic.semantics;

import dev.migrationledger.agent.python.syntax.Expression;
import dev.migrationledger.agent.python.syntax.Statement;
import dev.migrationledger.agent.python.syntax.SyntaxProblem;
import java.util.List;

/** Scripts whose functions do nothing, such as most merges and what Alembic makes of its template. */
final class EmptyScripts {

    private EmptyScripts() {}

    /** Whether these statements of a module, without its declarations, are known to do nothing but import. */
    static boolean include(List<Statement> module) throws SyntaxProblem {
        for (Statement statement : module) {
            boolean nothing = switch (statement) {
                case Statement.Import _ -> true;
                case Statement.ImportFrom _ -> true;
                case Statement.Function it -> doesNothing(it);
                case Statement other -> doesNothing(other);
            };
            if (!nothing) {
                return false;
            }
        }
        return true;
    }

    private static boolean doesNothing(Statement.Function function) throws SyntaxProblem {
        return function.parameters().all().isEmpty() && function.decorators().isEmpty()
                && function.body().statements().stream().allMatch(it -> doesNothing(it));
    }

    private static boolean doesNothing(Statement statement) {
        return switch (statement) {
            case Statement.Plain it -> it.word().equals("pass");
            case Statement.Evaluate it -> it.expression() instanceof Expression.Text
                    || it.expression() instanceof Expression.Constant;
            case Statement.Return it -> it.value() == null;
            case Statement.Annotate it -> it.value() == null;
            case Statement _ -> false;
        };
    }
}
