package dev.migrationledger.agent.python.symbolic;

import dev.migrationledger.agent.python.syntax.Expression;
import dev.migrationledger.agent.python.syntax.SourceRange;
import dev.migrationledger.agent.python.syntax.Statement;
import dev.migrationledger.contracts.unread.ValueReason.UnknownValue;
import dev.migrationledger.contracts.unread.ValueReason.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs statements. What governs others is in {@link Branches} and {@link Loops}. */
final class Execution {
    private final Interpreter machine;
    private final Branches branches;
    private final Loops loops;
    private final Assignment assignment;

    Execution(Interpreter machine) {
        this.machine = machine;
        this.branches = new Branches(machine, this);
        this.loops = new Loops(machine, this, branches);
        this.assignment = new Assignment(machine);
    }

    /** One after the other, until one of them leads elsewhere. */
    Flow run(List<Statement> statements) {
        if (!machine.enter()) {
            throw new EvaluationLimitExceeded();
        }
        try {
            for (Statement statement : statements) {
                machine.step();
                Flow flow = run(statement);
                if (flow != Flow.ON) {
                    return flow;
                }
            }
            return Flow.ON;
        } finally {
            machine.leave();
        }
    }

    void assign(Expression target, Symbol value, SourceRange place) {
        assignment.assign(target, value, place);
    }

    private Symbol value(Expression expression) {
        return machine.evaluation.value(expression);
    }

    private Flow run(Statement statement) {
        switch (statement) {
            case Statement.Evaluate it -> value(it.expression());
            case Statement.Assign it -> {
                Symbol value = value(it.value());
                SourceRange place = bound(it.value(), it);
                it.targets().forEach(target -> assign(target, value, place));
            }
            case Statement.Augment it -> assignment.augment(it);
            case Statement.Annotate it -> {
                if (it.value() != null) {
                    assign(it.target(), value(it.value()), bound(it.value(), it));
                }
            }
            case Statement.Return it -> {
                Symbol value = it.value() == null ? Symbol.None.NONE : value(it.value());
                machine.frame().returned(value);
                return Flow.RETURN;
            }
            case Statement.Delete it -> it.targets().forEach(target -> assignment.delete(target, it.place()));
            case Statement.Raise it -> {
                return Flow.RAISE;
            }
            case Statement.Assert it -> value(it.test());
            case Statement.Plain it -> {
                return plain(it);
            }
            case Statement.Import it -> it.names().forEach(name -> imported(name, it.place()));
            case Statement.ImportFrom it -> importedFrom(it);
            case Statement.If it -> {
                return branches.choose(it);
            }
            case Statement.For it -> {
                return loops.run(it);
            }
            case Statement.While it -> {
                return loops.run(it);
            }
            case Statement.With it -> {
                return with(it);
            }
            case Statement.Try it -> {
                return branches.attempt(it);
            }
            case Statement.Function it -> {
                assignment.bind(it.name(), new Symbol.Local(it, machine.frame()), it.place());
            }
            case Statement.ClassDefinition it -> {
                assignment.bind(it.name(), new Symbol.Type(it, new ClassMembers(machine, it)), it.place());
            }
            case Statement.Match it -> {
                return branches.match(it);
            }
        }
        return Flow.ON;
    }

    /** The value, on the line of the statement. */
    private static SourceRange bound(Expression value, Statement statement) {
        SourceRange place = value.place();
        return new SourceRange(place.source(), place.start(), place.end(), statement.place().line());
    }

    private Flow plain(Statement.Plain plain) {
        return switch (plain.word()) {
            case "break" -> Flow.BREAK;
            case "continue" -> Flow.CONTINUE;
            case "global" -> {
                machine.frame().global.addAll(plain.names());
                yield Flow.ON;
            }
            case "type" -> {
                plain.names().forEach(
                        name -> assignment.bind(name, machine.unknown(plain.place(), new UnknownValue(Value.TYPE)),
                                plain.place()));
                yield Flow.ON;
            }
            default -> Flow.ON;
        };
    }

    private void imported(Statement.Alias name, SourceRange place) {
        int dot = name.name().indexOf('.');
        if (name.as() != null) {
            assignment.bind(name.as(), reference(name.name()), place);
        } else {
            String top = dot < 0 ? name.name() : name.name().substring(0, dot);
            assignment.bind(top, reference(top), place);
        }
    }

    private void importedFrom(Statement.ImportFrom statement) {
        String module = ".".repeat(statement.level()) + statement.module();
        for (Statement.Alias name : statement.names()) {
            if (name.name().equals("*")) {
                machine.frame().module.imported().wildcard(module, statement.place().line());
            } else {
                String dotted = statement.module().isEmpty() ? module + name.name() : module + "." + name.name();
                assignment.bind(
                        name.as() == null ? name.name() : name.as(), reference(dotted), statement.place());
            }
        }
    }

    private Symbol.Reference reference(String dotted) {
        return Imports.reference(dotted, machine.frame().module);
    }

    private Flow with(Statement.With with) {
        Frame frame = machine.frame();
        int autocommits = frame.autocommits;
        Statement.Try attempt = null;
        for (int i = 0; i < with.items().size() && attempt == null; i++) {
            Statement.Item item = with.items().get(i);
            Symbol context = value(item.context());
            if (context instanceof Symbol.Made made && made.callee() instanceof Symbol.Member(_, String name)
                    && name.equals("autocommit_block")) {
                frame.autocommits++;
                machine.frames.forEach(Frame::goesOn);
                machine.autocommits(true);
            }
            if (item.target() != null) {
                assign(item.target(), entered(context, item), item.context().place());
            }
            Symbol function = item.context() instanceof Expression.Call(Expression called, _, _)
                    ? machine.evaluation.content(called)
                    : null;
            attempt = Swallowing.attempt(with, i, context, function, machine);
        }
        try {
            return attempt == null ? run(with.body()) : branches.attempt(attempt);
        } finally {
            if (frame.autocommits > autocommits) {
                machine.autocommits(false);
            }
            frame.autocommits = autocommits;
        }
    }

    /** A function of the project with {@code @contextmanager} hands over what it yields. */
    private static Symbol entered(Symbol context, Statement.Item item) {
        boolean generator = item.context() instanceof Expression.Call && context instanceof Symbol.Items;
        @Nullable
        List<Symbol> yielded = generator ? Containers.elements(context) : null;
        return yielded != null && yielded.size() == 1 ? yielded.getFirst() : context;
    }
}
