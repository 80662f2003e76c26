package dev.migrationledger.agent.python.symbolic;

import dev.migrationledger.agent.python.symbolic.Answer.Chosen;
import dev.migrationledger.agent.python.symbolic.Answer.Form;
import dev.migrationledger.agent.python.symbolic.Answer.Objects;
import dev.migrationledger.agent.python.symbolic.Symbol.Answered;
import dev.migrationledger.agent.python.symbolic.Symbol.Items;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What known names and the list of what the schema holds make together. Absent results are not to be known. */
final class NameSets {

    private NameSets() {}

    /** A text that names an object, also one that is marked as a finished name. */
    static @Nullable String name(@Nullable Symbol symbol, RuntimeAssumptions assumptions) {
        Symbol marked = symbol instanceof Symbol.Made made ? assumptions.marked(made) : null;
        return marked != null
                ? name(marked, assumptions)
                : symbol instanceof Symbol.Text(String text, _) ? text : null;
    }

    /** {@code {"a", "b"} - names} and the like. */
    static @Nullable Symbol operated(
            String operator, Symbol left, Symbol right, RuntimeAssumptions assumptions) {
        Objects names = names(right);
        Objects others = names(left);
        return switch (operator) {
            case "-" -> names == null ? null : chosen(left, names, false, assumptions);
            case "&" -> names != null
                    ? chosen(left, names, true, assumptions)
                    : others == null ? null : chosen(right, others, true, assumptions);
            default -> null;
        };
    }

    /** A method of a known set, or of a list of names, that is given the other one. */
    static @Nullable Symbol method(
            Symbol on, String method, Arguments arguments, RuntimeAssumptions assumptions) {
        Symbol other = arguments.size() == 1 ? arguments.at(0) : null;
        if (other == null) {
            return null;
        }
        return switch (method) {
            case "difference" -> operated("-", on, other, assumptions);
            case "intersection" -> operated("&", on, other, assumptions);
            case "issubset" -> held(subset(on, other, assumptions));
            case "issuperset" -> held(subset(other, on, assumptions));
            case "isdisjoint" -> operated("&", on, other, assumptions) instanceof Answered(Chosen both)
                    ? Answers.holds(both.any().not())
                    : null;
            default -> null;
        };
    }

    /** Whether each of some known names is there. */
    static @Nullable Guard subset(Symbol some, Symbol of, RuntimeAssumptions assumptions) {
        Objects names = names(of);
        return names != null && chosen(some, names, true, assumptions) instanceof Answered(Chosen both)
                ? Guard.all(both.elements().stream().map(Chosen.Element::guard).toList())
                : null;
    }

    static @Nullable Symbol held(@Nullable Guard guard) {
        return guard == null ? null : Answers.holds(guard);
    }

    private static @Nullable Objects names(Symbol symbol) {
        return symbol instanceof Answered(Objects objects) && objects.form() == Form.NAMES ? objects : null;
    }

    /** Those of known names that are there, or are not. */
    private static @Nullable Symbol chosen(
            Symbol some, Objects names, boolean there, RuntimeAssumptions assumptions) {
        List<Chosen.Element> elements = new ArrayList<>();
        for (Symbol one : some instanceof Items items ? items.values() : List.<Symbol>of()) {
            String name = name(one, assumptions);
            if (name == null) {
                return null;
            }
            Guard has = names.has(name);
            elements.add(new Chosen.Element(one, there ? has : has.not()));
        }
        return elements.isEmpty() ? null : new Answered(new Chosen(elements));
    }
}
