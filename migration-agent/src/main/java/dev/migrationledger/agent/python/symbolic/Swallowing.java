package dev.migrationledger.agent.python.symbolic;

import dev.migrationledger.agent.python.syntax.Body;
import dev.migrationledger.agent.python.syntax.Expression;
import dev.migrationledger.agent.python.syntax.SourceRange;
import dev.migrationledger.agent.python.syntax.Statement;
import dev.migrationledger.agent.python.syntax.SyntaxProblem;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Context managers that go on after an exception: {@code contextlib.suppress}, and the project's own, whose {@code yield} stands in a
 * {@code try} or whose {@code __exit__} returns something.
 */
final class Swallowing {

    private Swallowing() {}

    /** The {@code try} that a {@code with} from this item on amounts to; absent: the item lets exceptions through. */
    static Statement.@Nullable Try attempt(
            Statement.With with, int item, Symbol context, @Nullable Symbol function, Interpreter machine) {
        List<Statement.Handler> handlers = handlers(context, function, machine);
        if (handlers.isEmpty()) {
            return null;
        }
        List<Statement.Item> inner = with.items().subList(item + 1, with.items().size());
        List<Statement> body = inner.isEmpty()
                ? with.body()
                : List.of(new Statement.With(inner, with.body(), with.async(), with.place()));
        return new Statement.Try(body, handlers, List.of(), List.of(), with.place());
    }

    private static List<Statement.Handler> handlers(
            Symbol context, @Nullable Symbol function, Interpreter machine) {
        if (context instanceof Symbol.Made made && made.callee() instanceof Symbol.Reference(String dotted, _)
                && dotted.equals("contextlib.suppress")) {
            return List.of(quiet(made.place()));
        }
        if (context instanceof Symbol.Made made && made.callee() instanceof Symbol.Type type
                && type.members().all().get("__exit__") instanceof Symbol.Local exit) {
            return statements(exit.function().body(), machine).stream().flatMap(Swallowing::within)
                    .filter(one -> one instanceof Statement.Return(Expression value, _) && value != null
                            && !List.of("None", "False").contains(value.place().excerpt()))
                    .map(_ -> quiet(exit.function().place())).limit(1).toList();
        }
        if (!(function instanceof Symbol.Local generator) || generator.function().decorators().stream()
                .noneMatch(one -> one.place().excerpt().endsWith("contextmanager"))) {
            return List.of();
        }
        return statements(generator.function().body(), machine).stream().flatMap(Swallowing::within)
                .filter(one -> one instanceof Statement.Try attempt && Attempts.goOn(attempt)
                        && attempt.body().stream().flatMap(Swallowing::within).anyMatch(Swallowing::yields))
                .map(one -> quiet(one.place())).toList();
    }

    /** What the handler does was followed with the context manager; its place says whether it rolls back. */
    private static Statement.Handler quiet(SourceRange place) {
        return new Statement.Handler(null, null, false, List.of(), place);
    }

    private static boolean yields(Statement statement) {
        return switch (statement) {
            case Statement.Evaluate(Expression.Yield _, _) -> true;
            case Statement.Assign(_, Expression.Yield _, _) -> true;
            default -> false;
        };
    }

    private static List<Statement> statements(Body body, Interpreter machine) {
        try {
            return machine.statements(body);
        } catch (SyntaxProblem unreadable) {
            return List.of();
        }
    }

    /** A statement and those within it. */
    private static Stream<Statement> within(Statement statement) {
        Stream<List<Statement>> inner = switch (statement) {
            case Statement.If it -> Stream.of(it.body(), it.orElse());
            case Statement.With it -> Stream.of(it.body());
            case Statement.For it -> Stream.of(it.body(), it.orElse());
            case Statement.While it -> Stream.of(it.body(), it.orElse());
            case Statement.Try it -> Stream.concat(
                    Stream.of(it.body(), it.orElse(), it.atLast()),
                    it.handlers().stream().map(Statement.Handler::body));
            default -> Stream.of();
        };
        return Stream.concat(Stream.of(statement), inner.flatMap(List::stream).flatMap(Swallowing::within));
    }
}
