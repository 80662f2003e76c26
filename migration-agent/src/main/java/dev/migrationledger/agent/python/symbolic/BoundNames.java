package dev.migrationledger.agent.python.symbolic;

import dev.migrationledger.agent.python.syntax.Expression;
import dev.migrationledger.agent.python.syntax.Statement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names that a statement may bind, whatever happens in it. */
final class BoundNames {
    private final Set<String> names = new LinkedHashSet<>();

    private BoundNames() {}

    static Set<String> of(Statement statement) {
        BoundNames bound = new BoundNames();
        bound.add(statement);
        return bound.names;
    }

    private void all(List<Statement> statements) {
        statements.forEach(this::add);
    }

    private void add(Statement statement) {
        switch (statement) {
            case Statement.Evaluate it -> {
                // binds nothing
            }
            case Statement.Assign it -> it.targets().forEach(this::target);
            case Statement.Augment it -> target(it.target());
            case Statement.Annotate it -> target(it.target());
            case Statement.Return it -> {
                // binds nothing
            }
            case Statement.Delete it -> it.targets().forEach(this::target);
            case Statement.Raise it -> {
                // binds nothing
            }
            case Statement.Assert it -> {
                // binds nothing
            }
            case Statement.Plain it -> names.addAll(it.names());
            case Statement.Import it -> it.names().forEach(this::alias);
            case Statement.ImportFrom it -> it.names().forEach(this::alias);
            case Statement.If it -> choice(it);
            case Statement.For it -> {
                target(it.target());
                all(it.body());
                all(it.orElse());
            }
            case Statement.While it -> {
                all(it.body());
                all(it.orElse());
            }
            case Statement.With it -> {
                it.items().forEach(item -> target(item.target()));
                all(it.body());
            }
            case Statement.Try it -> {
                all(it.body());
                it.handlers().forEach(handler -> all(handler.body()));
                all(it.orElse());
                all(it.atLast());
            }
            case Statement.Function it -> names.add(it.name());
            case Statement.ClassDefinition it -> names.add(it.name());
            case Statement.Match it -> it.cases().forEach(one -> all(one.body()));
        }
    }

    /** A chain may be longer than any stack. */
    private void choice(Statement.If first) {
        Statement.If choice = first;
        while (true) {
            all(choice.body());
            if (choice.orElse().size() == 1 && choice.orElse().getFirst() instanceof Statement.If next) {
                choice = next;
            } else {
                all(choice.orElse());
                return;
            }
        }
    }

    private void alias(Statement.Alias alias) {
        names.add(alias.as() == null ? alias.name().split("\\.", 2)[0] : alias.as());
    }

    private void target(@Nullable Expression target) {
        switch (target) {
            case Expression.Name name -> names.add(name.name());
            case Expression.Starred starred -> target(starred.value());
            case Expression.Sequence sequence -> sequence.elements().forEach(this::target);
            case Expression.Subscript subscript -> target(subscript.value());
            case null, default -> {
                // An attribute of something.
            }
        }
    }
}
