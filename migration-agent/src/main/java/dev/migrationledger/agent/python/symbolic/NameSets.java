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

    /** A text that names an object, also one that {@code op.f} marks as a finished name. */
    static @Nullable String name(@Nullable Symbol symbol) {
        if (symbol instanceof Symbol.Made made && made.callee() instanceof Symbol.Reference(String dotted, _)
                && List.of("alembic.op.f", "sqlalchemy.quoted_name").contains(dotted)
                && !made.positional().isEmpty()) {
            return name(made.positional().getFirst());
        }
        return symbol instanceof Symbol.Text(String text, _) ? text : null;
    }

    /** {@code {"a", "b"} - names} and the like. */
    static @Nullable Symbol operated(String operator, Symbol left, Symbol right) {
        Objects names = names(right);
        Objects others = names(left);
        return switch (operator) {
            case "-" -> names == null ? null : chosen(left, names, false);
            case "&" -> names != null ? chosen(left, names, true) : others == null ? null : chosen(right, others, true);
            default -> null;
        };
    }

    /** A method of a known set, or of a list of names, that is given the other one. */
    static @Nullable Symbol method(Symbol on, String method, Arguments arguments) {
        Symbol other = arguments.size() == 1 ? arguments.at(0) : null;
        if (other == null) {
            return null;
        }
        return switch (method) {
            case "difference" -> operated("-", on, other);
            case "intersection" -> operated("&", on, other);
            case "issubset" -> held(subset(on, other));
            case "issuperset" -> held(subset(other, on));
            case "isdisjoint" -> operated("&", on, other) instanceof Answered(Chosen both)
                    ? Answers.holds(both.any().not())
                    : null;
            default -> null;
        };
    }

    /** Whether each of some known names is there. */
    static @Nullable Guard subset(Symbol some, Symbol of) {
        Objects names = names(of);
        return names != null && chosen(some, names, true) instanceof Answered(Chosen both)
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
    private static @Nullable Symbol chosen(Symbol some, Objects names, boolean there) {
        List<Chosen.Element> elements = new ArrayList<>();
        for (Symbol one : some instanceof Items items ? items.values() : List.<Symbol>of()) {
            String name = name(one);
            if (name == null) {
                return null;
            }
            Guard has = names.has(name);
            elements.add(new Chosen.Element(one, there ? has : has.not()));
        }
        return elements.isEmpty() ? null : new Answered(new Chosen(elements));
    }
}
