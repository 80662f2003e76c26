package dev.migrationledger.agent.tool.alembic.python.symbolic;

import dev.migrationledger.agent.tool.alembic.python.syntax.Expression;
import dev.migrationledger.agent.tool.alembic.python.syntax.Parameters.Parameter;
import dev.migrationledger.agent.tool.alembic.python.syntax.Place;
import dev.migrationledger.agent.tool.alembic.python.syntax.Statement;
import dev.migrationledger.agent.tool.alembic.python.syntax.SyntaxProblem;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Follows functions of the project: binds what they take, runs what they do, tells what they return. */
final class Functions {

    /** Functions that call one another. */
    private static final int DEEPEST = 16;

    /** A function that calls itself is followed so often. */
    private static final int MOST_RECURSIVE = 3;

    /** Steps for what a class binds, whenever it is asked for. */
    private static final int STEPS_OF_CLASS = 20_000;

    private final Machine machine;
    private final List<Statement.Function> active = new ArrayList<>();
    private final IdentityHashMap<Statement.ClassDefinition, Map<String, Symbol>> members = new IdentityHashMap<>();

    Functions(Machine machine) {
        this.machine = machine;
    }

    @SuppressWarnings("ReferenceEquality") // that very function, not one like it
    Symbol follow(Statement.Function function, Arguments arguments, Expression.Call call) {
        long times = active.stream().filter(it -> it == function).count();
        if (active.size() >= DEEPEST || times >= MOST_RECURSIVE || !machine.enter()) {
            String reason = times > 0 ? "it calls itself" : "calls are nested too deeply";
            machine.report(call.place(), reason);
            return machine.unknown(call.place(), reason);
        }
        Frame caller = machine.frame();
        Frame home = machine.home(function);
        Place outside = home.module == caller.module ? caller.calledAt : caller.reported(call.place());
        Frame frame = new Frame(home.module, home, outside, caller.perhaps());
        active.add(function);
        machine.frames.push(frame);
        try {
            bind(function, arguments, (parameter, place) -> missing(parameter, place, arguments));
            return run(function, call.place(), caller);
        } finally {
            machine.frames.pop();
            active.removeLast();
            machine.leave();
        }
    }

    /** A function that nothing in the project calls. What it takes is what its caller, Alembic, is known to pass. */
    void enter(Statement.Function function, Frame home) {
        Frame frame = new Frame(home.module, home, null, false);
        machine.frames.push(frame);
        active.add(function);
        try {
            bind(function, Arguments.NONE, (parameter, place) -> parameter.name().equals("op")
                    ? new Symbol.Reference("alembic.op")
                    : missing(parameter, place, Arguments.NONE));
            machine.execution.run(machine.statements(function.body()));
        } catch (SyntaxProblem e) {
            Place place = new Place(function.place().start(), function.place().end(), e.line());
            machine.report(place, "Python cannot read it: " + e.reason());
        } finally {
            active.removeLast();
            machine.frames.pop();
        }
    }

    private Symbol missing(Parameter parameter, Place place, Arguments arguments) {
        Expression otherwise = parameter.defaultValue();
        return otherwise != null && arguments.complete()
                ? machine.evaluation.value(otherwise)
                : new Symbol.Unknown(parameter.name(), "it is what the caller passes", machine.frame().reported(place));
    }

    private Symbol run(Statement.Function function, Place call, Frame caller) {
        Frame frame = machine.frame();
        Flow flow;
        try {
            flow = machine.execution.run(machine.statements(function.body()));
        } catch (SyntaxProblem e) {
            String reason = "Python cannot read '%s': %s (line %d)".formatted(function.name(), e.reason(), e.line());
            machine.report(function.place(), reason);
            return machine.unknown(function.place(), reason);
        }
        if (!frame.yielded.isEmpty()) {
            return machine.bounded(new Symbol.Items(Symbol.Items.Kind.LIST, frame.yielded), call);
        }
        if (flow == Flow.ON) {
            frame.returned.add(Symbol.None.NONE);
        }
        if (frame.returned.isEmpty()) {
            return Symbol.None.NONE;
        }
        Symbol first = frame.returned.getFirst();
        return frame.returned.stream().allMatch(first::equals)
                ? first
                : new Symbol.Unknown(
                        caller.module.source().excerpt(call),
                        "'" + function.name() + "' returns one thing or another",
                        caller.reported(call));
    }

    private void bind(
            Statement.Function function, Arguments arguments, BiFunction<Parameter, Place, Symbol> missing) {
        Frame frame = machine.frame();
        Place place = function.place();
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
                    parameter.name(), new Bound(value == null ? missing.apply(parameter, place) : value, place));
        }
    }

    private static Symbol dict(Map<String, Symbol> named) {
        return new Symbol.Dict(named.entrySet().stream()
                .map(it -> new Symbol.Entry(new Symbol.Text(it.getKey()), it.getValue()))
                .toList());
    }

    /** A method takes what it is called on, unless it says otherwise. */
    Arguments withSelf(Symbol.Local method, Symbol self, Arguments arguments) {
        boolean isStatic = method.function().decorators().stream()
                .anyMatch(it -> it instanceof Expression.Name name && name.name().equals("staticmethod"));
        if (isStatic) {
            return arguments;
        }
        List<Symbol> positional = new ArrayList<>(List.of(self));
        positional.addAll(arguments.positional());
        return new Arguments(positional, arguments.named(), arguments.complete());
    }

    Symbol lambda(Expression.Lambda lambda) {
        Statement.Function function = new Statement.Function(
                "<lambda>",
                lambda.parameters(),
                List.of(),
                () -> List.of(new Statement.Return(lambda.body(), lambda.body().place())),
                false,
                lambda.place());
        machine.define(function, machine.frame());
        return new Symbol.Local(function);
    }

    /** What a class binds, by its name. */
    Map<String, Symbol> members(Statement.ClassDefinition type) {
        Map<String, Symbol> known = members.get(type);
        if (known != null) {
            return known;
        }
        members.put(type, Map.of());
        machine.allowAtLeast(STEPS_OF_CLASS);
        Frame home = machine.home(type);
        Frame frame = new Frame(home.module, home, null, true);
        machine.frames.push(frame);
        try {
            machine.execution.run(machine.statements(type.body()));
        } catch (SyntaxProblem unreadable) {
            return Map.of();
        } finally {
            machine.frames.pop();
        }
        Map<String, Symbol> all = new LinkedHashMap<>();
        frame.scope.own().forEach((name, value) -> all.put(name, value.symbol()));
        members.put(type, all);
        return all;
    }
}
