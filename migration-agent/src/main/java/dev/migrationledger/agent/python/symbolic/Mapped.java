package dev.migrationledger.agent.python.symbolic;

import dev.migrationledger.agent.python.symbolic.Answer.Chosen;
import dev.migrationledger.agent.python.symbolic.Symbol.Items;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code map} and {@code filter} over one list, with a function that is followed. Absent results are not to be known. */
final class Mapped {

    /** Calls a function with one argument. */
    @FunctionalInterface
    interface Function {
        Symbol of(Symbol argument);
    }

    private final Interpreter machine;

    Mapped(Interpreter machine) {
        this.machine = machine;
    }

    @Nullable
    Symbol call(String dotted, Arguments arguments, Function function) {
        boolean maps = dotted.equals("builtins.map");
        if (arguments.size() != 2 || arguments.positional().size() != 2
                || !(maps || dotted.equals("builtins.filter"))) {
            return null;
        }
        boolean itself = !maps && arguments.positional().getFirst() == Symbol.None.NONE;
        Function taken = itself ? one -> one : function;
        Symbol values = arguments.positional().get(1);
        List<Chosen.Element> elements = Chosen.elements(values);
        if (elements == null) {
            return ofSchema(values, maps, taken);
        }
        List<Chosen.Element> made = new ArrayList<>();
        for (Chosen.Element element : elements) {
            machine.step();
            Symbol result = machine.evaluation.content(taken.of(element.value()));
            if (maps) {
                made.add(new Chosen.Element(result, element.guard()));
                continue;
            }
            Guard guard = element.guard().and(Answers.guard(result));
            if (guard.parts().contains(Guard.Open.PERHAPS)) {
                return null;
            }
            if (!guard.equals(Guard.Any.NEVER)) {
                made.add(new Chosen.Element(element.value(), guard));
            }
        }
        return made.stream().allMatch(one -> one.guard().isAlways())
                ? new Items(Items.Kind.LIST, made.stream().map(Chosen.Element::value).toList())
                : new Symbol.Answered(new Chosen(made));
    }

    private @Nullable Symbol ofSchema(Symbol values, boolean maps, Function function) {
        Symbol element = Answers.element(values);
        if (element == null) {
            return null;
        }
        List<Symbol> results = new ArrayList<>();
        machine.perhaps(() -> results.add(function.of(element)));
        Symbol result = results.getFirst();
        return maps ? Answers.collected(values, result, null) : Answers.collected(values, element, result);
    }
}
