package dev.migrationledger.agent.python.symbolic;

import dev.migrationledger.agent.python.syntax.Expression;
import dev.migrationledger.agent.python.syntax.SourceRange;
import dev.migrationledger.contracts.unread.ValueReason.Called;
import dev.migrationledger.contracts.unread.ValueReason.RunsArgument;
import dev.migrationledger.contracts.unread.ValueReason.UnknownValue;
import dev.migrationledger.contracts.unread.ValueReason.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What calls return, and what happens in the functions of the project that are called. */
final class Calls {

    /** Steps for a function that is asked for what it returns. */
    private static final int STEPS_OF_QUESTION = 20_000;
    private final Interpreter machine;
    private final FunctionCalls functions;
    private final Instances instances;
    private final ProjectFiles files;
    private final Mapped mapped;

    Calls(Interpreter machine) {
        this.machine = machine;
        this.files = new ProjectFiles(machine);
        this.mapped = new Mapped(machine);
        this.functions = new FunctionCalls(machine);
        this.instances = new Instances(machine, functions);
    }

    Symbol call(Expression.Call call) {
        if (call.function() instanceof Expression.Attribute attribute) {
            Symbol receiver = machine.evaluation.value(attribute.value());
            Arguments arguments = arguments(call);
            Symbol result = method(receiver, attribute.name(), arguments, call);
            return result != null
                    ? result
                    : apply(machine.evaluation.attribute(receiver, attribute.name(), attribute), arguments, call);
        }
        List<Symbol.Local> named = named(call.function());
        if (named != null) {
            Arguments arguments = arguments(call);
            named.forEach(function -> machine.perhaps(() -> functions.follow(function, arguments, call.place())));
            return machine.unknown(call.place(), new UnknownValue(Value.COMPUTED_CALLEE));
        }
        Symbol callee = machine.evaluation.value(call.function());
        return apply(callee, arguments(call), call);
    }

    /** Functions of which one is called: its name is known in part. */
    private @Nullable List<Symbol.Local> named(Expression function) {
        return function instanceof Expression.Subscript subscript
                && !(subscript.index() instanceof Expression.Slice)
                && subscript.value() instanceof Expression.Call
                && Globals.are(machine.evaluation.content(subscript.value()), machine.frame())
                        ? Globals.functions(machine.evaluation.content(subscript.index()), machine.frame())
                        : null;
    }

    private Arguments arguments(Expression.Call call) {
        List<Symbol> positional = new ArrayList<>();
        Map<String, Symbol> named = new LinkedHashMap<>();
        boolean complete = true;
        for (Expression.Argument argument : call.arguments()) {
            if (argument.name() != null) {
                named.put(argument.name(), machine.evaluation.value(argument.value()));
            } else if (argument.value() instanceof Expression.Starred starred) {
                List<Symbol> unpacked = Containers.elements(machine.evaluation.content(starred.value()));
                complete &= unpacked != null && positional.size() + unpacked.size() <= SymbolOperators.LONGEST_ITEMS;
                if (complete && unpacked != null) {
                    positional.addAll(unpacked);
                }
            } else if (argument.value() instanceof Expression.DoubleStarred starred) {
                complete &= unpack(machine.evaluation.content(starred.value()), named);
            } else if (argument.value() instanceof Expression.Elided) {
                complete = false;
            } else {
                positional.add(machine.evaluation.value(argument.value()));
            }
        }
        return new Arguments(positional, named, complete);
    }

    private static boolean unpack(Symbol values, Map<String, Symbol> named) {
        if (!(values instanceof Symbol.Dict dict)) {
            return false;
        }
        boolean known = true;
        for (Symbol.Entry entry : dict.entries()) {
            if (entry.key() instanceof Symbol.Text(String name, _)) {
                named.put(name, entry.value());
            } else {
                known = false;
            }
        }
        return known;
    }

    /** A method of something that is known; absent where it is none. */
    private @Nullable Symbol method(Symbol receiver, String method, Arguments arguments, Expression.Call call) {
        if (receiver instanceof Symbol.Text text) {
            Symbol value = TextMethods.call(text.text(), method, arguments);
            return value == null && method.equals("format") && arguments.complete()
                    ? machine.unknown(call.place(), new Called("format")).outlined(
                            Formats.braces(text.text(), arguments.positional(), arguments.named(), true))
                    : plain(known(value == null ? null : ProjectFiles.located(value, text), method, arguments, call));
        }
        Symbol filled = Formats.template(receiver, method, arguments);
        if (filled != null) {
            return machine.bounded(filled, call.place());
        }
        Symbol ofFile = files.method(receiver, method, arguments, call.place());
        if (ofFile != null) {
            return machine.bounded(ofFile, call.place());
        }
        Symbol sets = receiver instanceof Symbol.Items
                ? NameSets.method(receiver, method, arguments, machine.assumptions)
                : null;
        if (sets != null) {
            return sets;
        }
        if (receiver instanceof Symbol.Items || receiver instanceof Symbol.Dict) {
            ContainerMethods.Result result = receiver instanceof Symbol.Items items
                    ? ContainerMethods.call(items, method, arguments)
                    : ContainerMethods.call((Symbol.Dict) receiver, method, arguments);
            Symbol changed = machine.frame().isInEachRound() && List.of("append", "add").contains(method)
                    ? Answers.gathered(receiver, arguments.at(0))
                    : null;
            changed = changed == null ? result.changed() : changed;
            if (changed == null && result.value() == null && ContainerMethods.changes(method)) {
                changed = machine.unknown(call.place(), new UnknownValue(Value.CHANGED_IN_PLACE)).asPlain();
            }
            if (changed != null) {
                machine.questions.mark(call.place(), machine.frame().branch);
                machine.questions.markChanged(call.place());
                machine.replace(receiver, machine.bounded(changed, call.place()), call.place());
            }
            return known(result.value(), method, arguments, call);
        }
        if (receiver instanceof Symbol.Unknown unknown && unknown.plain()) {
            return machine.unknown(call.place(), unknown.reason());
        }
        if (receiver instanceof Symbol.Answered(Answer answer)) {
            if (ContainerMethods.changes(method)) {
                machine.replace(receiver, machine.unknown(call.place(), new UnknownValue(Value.CHANGED_IN_PLACE)),
                        call.place());
            }
            return Answers.method(answer, method, arguments, machine.assumptions);
        }
        if (receiver instanceof Symbol.Made made && made.callee() instanceof Symbol.Type type) {
            return type.members().all().get(method) instanceof Symbol.Local local
                    ? functions.follow(local, functions.ofInstance(local, receiver, type, arguments), call.place())
                    : null;
        }
        if (receiver instanceof Symbol.Type type && type.members().all().get(method) instanceof Symbol.Local local) {
            return functions.follow(local, functions.ofClass(local, type, arguments), call.place());
        }
        return null;
    }

    private static Symbol plain(Symbol value) {
        return value instanceof Symbol.Unknown unknown ? unknown.asPlain() : value;
    }

    private Symbol known(
            @Nullable Symbol value, String method, Arguments arguments, Expression.Call call) {
        if (value != null) {
            return machine.bounded(value, call.place());
        }
        for (Symbol argument : arguments.positional()) {
            if (argument instanceof Symbol.Unknown unknown) {
                return unknown;
            }
        }
        return machine.unknown(call.place(), new Called(method));
    }

    private Symbol apply(Symbol callee, Arguments arguments, Expression.Call call) {
        return switch (callee) {
            case Symbol.Local local -> functions.follow(local, arguments, call.place());
            case Symbol.Type type -> instance(type, arguments, call);
            case Symbol.Reference(String dotted, _) -> outside(dotted, callee, arguments, call);
            case Symbol.Member member when member.of() instanceof Symbol.Unknown unknown -> lost(unknown, call);
            case Symbol.Member member -> made(callee, arguments, call);
            case Symbol.Made made -> {
                Symbol looked = itemGetter(made, arguments);
                yield looked == null ? made(callee, arguments, call) : looked;
            }
            case Symbol.Answered answered -> made(callee, arguments, call);
            case Symbol.Unknown unknown -> lost(unknown, call);
            case Symbol.None none -> noFunction(call);
            case Symbol.Text text -> noFunction(call);
            case Symbol.ProjectPath path -> noFunction(call);
            case Symbol.Truth truth -> noFunction(call);
            case Symbol.Numeral numeral -> noFunction(call);
            case Symbol.Items items -> noFunction(call);
            case Symbol.Dict dict -> noFunction(call);
        };
    }

    /** {@code operator.itemgetter("name")} called on something. */
    private @Nullable Symbol itemGetter(Symbol.Made made, Arguments arguments) {
        if (!(made.callee() instanceof Symbol.Reference(String dotted, _)) || !dotted.equals("operator.itemgetter")
                || made.positional().size() != 1 || arguments.positional().size() != 1) {
            return null;
        }
        Symbol on = arguments.positional().getFirst();
        Symbol key = made.positional().getFirst();
        return on instanceof Symbol.Answered(Answer answer)
                ? Answers.at(answer, key, machine.assumptions)
                : Containers.at(on, key);
    }

    private Symbol noFunction(Expression.Call call) {
        return machine.unknown(call.place(), new UnknownValue(Value.NOT_CALLABLE));
    }

    /** What is called is not known. */
    private Symbol lost(Symbol.Unknown callee, Expression.Call call) {
        machine.report(call.place(), callee.reason());
        return machine.unknown(call.place(), new Called(call.function().place().excerpt()));
    }

    private Symbol outside(String dotted, Symbol callee, Arguments arguments, Expression.Call call) {
        Arguments contents = contents(arguments);
        Symbol answer = Answers.call(dotted, contents);
        Symbol builtin = answer == null ? Builtins.call(dotted, contents) : answer;
        Symbol made = builtin == null
                ? mapped.call(dotted, contents,
                        one -> apply(arguments.positional().getFirst(), Arguments.of(one), call))
                : builtin;
        Symbol computed = made == null ? files.function(dotted, contents, call.place()) : made;
        if (computed != null) {
            return machine.bounded(computed, call.place());
        }
        String name = dotted.equals("builtins.getattr") ? arguments.text(1) : null;
        if (name != null) {
            return machine.evaluation.attribute(machine.evaluation.content(arguments.positional().getFirst()), name,
                    call);
        }
        if (Builtins.RUNNING.contains(dotted)) {
            machine.report(call.place(),
                    new RunsArgument(dotted.substring(dotted.lastIndexOf('.') + 1)));
        }
        return made(callee, arguments, call);
    }

    private Arguments contents(Arguments arguments) {
        return machine.follower != null
                ? arguments
                : new Arguments(
                        arguments.positional().stream().map(machine.evaluation::content).toList(),
                        arguments.named(),
                        arguments.complete());
    }

    /** Something outside is called, and functions that it is given may be called by it. */
    private Symbol made(Symbol callee, Arguments arguments, Expression.Call call) {
        Symbol known = machine.assumptions.returned(callee, arguments, machine.frame().module.imports());
        if (known != null) {
            return known;
        }
        Symbol.Made made = new Symbol.Made(
                callee,
                List.copyOf(arguments.positional()),
                ordered(arguments.named()),
                arguments.complete(),
                call.place());
        Symbol bounded = machine.bounded(made, call.place());
        if (bounded instanceof Symbol.Unknown) {
            machine.report(call.place(), new UnknownValue(Value.TOO_LARGE));
            return bounded;
        }
        int asked = machine.reported();
        machine.report(made);
        if (machine.follower != null) {
            handedOver(arguments, call);
        }
        Symbol answer = machine.assumptions.answer(made, asked);
        return answer == null ? made : answer;
    }

    private static Map<String, Symbol> ordered(Map<String, Symbol> named) {
        return named.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(named));
    }

    private void handedOver(Arguments arguments, Expression.Call call) {
        List<Symbol> all = new ArrayList<>(arguments.positional());
        all.addAll(arguments.named().values());
        for (Symbol argument : all) {
            if (argument instanceof Symbol.Local local) {
                machine.perhaps(() -> functions.follow(local, Arguments.NONE, call.place()));
            }
        }
    }

    private Symbol instance(Symbol.Type type, Arguments arguments, Expression.Call call) {
        Symbol.Made made = new Symbol.Made(
                type,
                List.copyOf(arguments.positional()),
                ordered(arguments.named()),
                arguments.complete(),
                call.place());
        return instances.made(made, type, arguments);
    }

    Instances instances() {
        return instances;
    }

    /** What a loop over values goes through. */
    Symbol iterated(Symbol values, SourceRange place) {
        return files.iterated(values, place);
    }

    /** A function that nothing in the project calls. */
    void enter(Symbol.Local function, @Nullable SourceRange importedAt) {
        functions.enter(function, importedAt);
    }

    /** What a function returns, asked for by whoever reads its class. */
    static Symbol returned(Symbol.Local local, List<Symbol> positional) {
        Interpreter machine = new Interpreter(FunctionCalls.frame(local.home()).module.assumptions());
        machine.allow(STEPS_OF_QUESTION);
        try {
            return machine.calls.functions.returned(local, new Arguments(positional, Map.of(), true));
        } catch (EvaluationLimitExceeded spent) {
            SourceRange place = local.function().place();
            return new Symbol.Unknown(place.excerpt(), spent.reason(), place);
        }
    }

    Symbol lambda(Expression.Lambda lambda) {
        return functions.lambda(lambda);
    }

    /** An attribute of a class; those of an enumeration stay its members. */
    Symbol attribute(Symbol.Type type, String name) {
        Symbol value = type.members().all().get(name);
        boolean enumeration = type.definition().bases().stream()
                .anyMatch(base -> base.value().place().excerpt().endsWith("Enum"));
        return value == null || (enumeration && !(value instanceof Symbol.Local))
                ? new Symbol.Member(type, name)
                : value;
    }
}
