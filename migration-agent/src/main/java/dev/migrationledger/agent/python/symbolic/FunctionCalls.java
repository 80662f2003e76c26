package dev.migrationledger.agent.python.symbolic;

import dev.migrationledger.agent.python.syntax.Expression;
import dev.migrationledger.agent.python.syntax.Parameters.Parameter;
import dev.migrationledger.agent.python.syntax.SourceRange;
import dev.migrationledger.agent.python.syntax.Statement;
import dev.migrationledger.agent.python.syntax.SyntaxProblem;
import dev.migrationledger.contracts.unread.UnreadReason;
import dev.migrationledger.contracts.unread.ValueReason.InvalidSource;
import dev.migrationledger.contracts.unread.ValueReason.SeveralResults;
import dev.migrationledger.contracts.unread.ValueReason.UnknownValue;
import dev.migrationledger.contracts.unread.ValueReason.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Follows functions of the project: binds what they take, runs what they do, tells what they return. */
final class FunctionCalls {

    /** Functions that call one another. */
    private static final int DEEPEST = 16;

    /** A function that calls itself is followed so often. */
    private static final int MOST_RECURSIVE = 3;

    private final Interpreter machine;
    private final List<Statement.Function> active = new ArrayList<>();

    FunctionCalls(Interpreter machine) {
        this.machine = machine;
    }

    Symbol follow(Symbol.Local local, Arguments arguments, SourceRange call) {
        return followed(local, arguments, call, false);
    }

    /** What an instance is after {@code __init__}. */
    Symbol initialized(Symbol.Local local, Arguments arguments, SourceRange call) {
        return followed(local, arguments, call, true);
    }

    @SuppressWarnings("ReferenceEquality") // that very function, not one like it
    private Symbol followed(Symbol.Local local, Arguments arguments, SourceRange call, boolean initializes) {
        Statement.Function function = local.function();
        long times = active.stream().filter(it -> it == function).count();
        if (active.size() >= DEEPEST || times >= MOST_RECURSIVE || !machine.enter()) {
            UnreadReason reason = new UnknownValue(times > 0 ? Value.RECURSIVE_CALL : Value.CALLS_TOO_DEEP);
            machine.report(call, reason);
            return machine.unknown(call, reason);
        }
        Frame caller = machine.frame();
        Frame home = frame(local.home());
        SourceRange calledAt = home.module == caller.module ? caller.calledAt : caller.inFollowed(call);
        Frame frame = Frame.ofFunction(home, calledAt, caller.guard());
        active.add(function);
        machine.frames.push(frame);
        try {
            bind(function, arguments, (parameter, place) -> missing(parameter, place, arguments));
            Symbol returned = run(function, call);
            Binding self = initializes && !function.parameters().all().isEmpty()
                    ? frame.scope.find(function.parameters().all().getFirst().name())
                    : null;
            return self == null ? returned : self.symbol();
        } finally {
            machine.frames.pop();
            active.removeLast();
            machine.leave();
        }
    }

    /**
     * A function that nothing in the project calls. What it takes is what a library is known to pass.
     *
     * @param importedAt where the followed file imports it; absent for its own
     */
    void enter(Symbol.Local local, @Nullable SourceRange importedAt) {
        Statement.Function function = local.function();
        Frame frame = Frame.ofFunction(frame(local.home()), importedAt, Guard.All.ALWAYS);
        machine.frames.push(frame);
        active.add(function);
        try {
            bind(function, Arguments.NONE, (parameter, place) -> {
                Symbol passed = machine.assumptions.passed(parameter.name());
                return passed == null ? missing(parameter, place, Arguments.NONE) : passed;
            });
            machine.execution.run(machine.statements(function.body()));
        } catch (SyntaxProblem e) {
            SourceRange place = function.place();
            machine.report(
                    new SourceRange(place.source(), place.start(), place.end(), e.line()),
                    new InvalidSource(null, null, e.error()));
        } finally {
            active.removeLast();
            machine.frames.pop();
        }
    }

    /** What a function returns for these arguments, whatever else it does. */
    Symbol returned(Symbol.Local local, Arguments arguments) {
        Statement.Function function = local.function();
        machine.frames.push(Frame.ofFunction(frame(local.home()), null, Guard.All.ALWAYS));
        active.add(function);
        try {
            bind(function, arguments, (parameter, place) -> missing(parameter, place, arguments));
            return run(function, function.place());
        } finally {
            active.removeLast();
            machine.frames.pop();
        }
    }

    private Symbol missing(Parameter parameter, SourceRange place, Arguments arguments) {
        Expression otherwise = parameter.defaultValue();
        return otherwise != null && arguments.complete()
                ? machine.evaluation.value(otherwise)
                : new Symbol.Unknown(parameter.name(), new UnknownValue(Value.PARAMETER), place);
    }

    private Symbol run(Statement.Function function, SourceRange call) {
        Frame frame = machine.frame();
        Flow flow;
        try {
            flow = machine.execution.run(machine.statements(function.body()));
        } catch (SyntaxProblem e) {
            UnreadReason reason = new InvalidSource(function.name(), e.line(), e.error());
            machine.report(function.place(), reason);
            return machine.unknown(function.place(), reason);
        }
        if (!frame.yielded.isEmpty()) {
            return machine.bounded(new Symbol.Items(Symbol.Items.Kind.LIST, frame.yielded), call);
        }
        if (flow == Flow.ON) {
            frame.returned(Symbol.None.NONE);
        }
        if (frame.returned.isEmpty()) {
            return Symbol.None.NONE;
        }
        Symbol chosen = Answers.chosen(frame.returned);
        if (chosen != null) {
            return chosen;
        }
        frame.returned.forEach(one -> machine.questions.mark(call, one.guard()));
        return machine.unknown(call, new SeveralResults(function.name()));
    }

    private void bind(
            Statement.Function function, Arguments arguments, BiFunction<Parameter, SourceRange, Symbol> missing) {
        Frame frame = machine.frame();
        SourceRange place = function.place();
        Map<String, Symbol> named = new LinkedHashMap<>(arguments.named());
        int next = 0;
        for (Parameter parameter : function.parameters().all()) {
            Symbol value = null;
            switch (parameter.kind()) {
                case REST -> {
                    List<Symbol> rest = arguments.positional().subList(
                            Math.min(next, arguments.positional().size()), arguments.positional().size());
                    value = arguments.complete() ? new Symbol.Items(Symbol.Items.Kind.TUPLE, rest) : null;
                    next = arguments.positional().size();
                }
                case NAMED_REST -> value = arguments.complete() ? dict(named) : null;
                case POSITIONAL_ONLY, POSITIONAL_OR_NAMED -> value = next < arguments.positional().size()
                        ? arguments.positional().get(next++)
                        : named.remove(parameter.name());
                case NAMED_ONLY -> value = named.remove(parameter.name());
            }
            frame.scope.bind(
                    parameter.name(), new Binding(value == null ? missing.apply(parameter, place) : value, place));
        }
    }

    private static Symbol dict(Map<String, Symbol> named) {
        return new Symbol.Dict(named.entrySet().stream()
                .map(it -> new Symbol.Entry(new Symbol.Text(it.getKey()), it.getValue()))
                .toList());
    }

    /** A method called on an instance takes that or its class, unless it says otherwise. */
    Arguments ofInstance(Symbol.Local method, Symbol self, Symbol.Type type, Arguments arguments) {
        return decorated(method, "staticmethod")
                ? arguments
                : with(decorated(method, "classmethod") ? type : self, arguments);
    }

    /** A method called on a class takes only what it is given, unless it says otherwise. */
    Arguments ofClass(Symbol.Local method, Symbol.Type type, Arguments arguments) {
        return decorated(method, "classmethod") ? with(type, arguments) : arguments;
    }

    static boolean decorated(Symbol.Local method, String decorator) {
        return method.function().decorators().stream()
                .anyMatch(it -> it instanceof Expression.Name name && name.name().equals(decorator));
    }

    private static Arguments with(Symbol first, Arguments arguments) {
        List<Symbol> positional = new ArrayList<>(List.of(first));
        positional.addAll(arguments.positional());
        return new Arguments(positional, arguments.named(), arguments.complete());
    }

    Symbol lambda(Expression.Lambda lambda) {
        Statement.Function function = new Statement.Function(
                "<lambda>",
                null,
                lambda.parameters(),
                null,
                List.of(),
                () -> List.of(new Statement.Return(lambda.body(), lambda.body().place())),
                false,
                lambda.place());
        return new Symbol.Local(function, machine.frame());
    }

    static Frame frame(Symbol.Home home) {
        return switch (home) {
            case Frame frame -> frame;
        };
    }
}
