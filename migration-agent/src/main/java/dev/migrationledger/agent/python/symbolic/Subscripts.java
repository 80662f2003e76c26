package dev.migrationledger.agent.python.symbolic;

import dev.migrationledger.agent.python.syntax.Expression;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What indexes and slices lead to. */
final class Subscripts {
    private final Interpreter machine;
    private final Evaluation evaluation;

    Subscripts(Interpreter machine, Evaluation evaluation) {
        this.machine = machine;
        this.evaluation = evaluation;
    }

    Symbol value(Expression.Subscript subscript) {
        Symbol container = evaluation.content(subscript.value());
        if (subscript.index() instanceof Expression.Slice slice) {
            return slice(container, slice, subscript);
        }
        Symbol index = evaluation.content(subscript.index());
        if (Globals.are(container, machine.frame())) {
            return Globals.at(index, machine, subscript.place());
        }
        Symbol found = Containers.at(container, index);
        return found != null ? found : evaluation.looked(container, "__getitem__", index, subscript);
    }

    private Symbol slice(Symbol container, Expression.Slice slice, Expression whole) {
        List<@Nullable Long> bounds = new ArrayList<>();
        boolean known = true;
        for (Expression bound : new @Nullable Expression[]{slice.lower(), slice.upper(), slice.step()}) {
            Symbol value = bound == null ? Symbol.None.NONE : evaluation.content(bound);
            bounds.add(value instanceof Symbol.Numeral numeral ? numeral.whole() : null);
            known &= value instanceof Symbol.None
                    || (value instanceof Symbol.Numeral numeral && numeral.whole() != null);
        }
        Symbol sliced = known ? Containers.slice(container, bounds.get(0), bounds.get(1), bounds.get(2)) : null;
        return sliced != null
                ? machine.bounded(sliced, whole.place())
                : evaluation.looked(container, "__getitem__", Symbol.None.NONE, whole);
    }
}
