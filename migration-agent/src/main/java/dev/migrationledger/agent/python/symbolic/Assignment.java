package dev.migrationledger.agent.python.symbolic;

import dev.migrationledger.agent.python.syntax.Expression;
import dev.migrationledger.agent.python.syntax.SourceRange;
import dev.migrationledger.agent.python.syntax.Statement;
import dev.migrationledger.contracts.unread.ValueReason.ChangedGlobal;
import dev.migrationledger.contracts.unread.ValueReason.UnknownValue;
import dev.migrationledger.contracts.unread.ValueReason.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Binds names, and changes what containers hold. */
final class Assignment {
    private final Interpreter machine;

    Assignment(Interpreter machine) {
        this.machine = machine;
    }

    void bind(String name, Symbol symbol, SourceRange place) {
        Frame frame = machine.frame();
        if (!frame.global.contains(name)) {
            frame.scope.bind(name, new Binding(symbol, place));
            return;
        }
        Symbol known = frame.perhaps()
                ? machine.unknown(place, new ChangedGlobal(name))
                : symbol;
        frame.module.frame().scope.bind(name, new Binding(known, place));
    }

    /** @param place of the value */
    void assign(Expression target, Symbol value, SourceRange place) {
        switch (target) {
            case Expression.Name name -> bind(name.name(), value, place);
            case Expression.Sequence sequence -> unpack(sequence, value, place);
            case Expression.Starred starred -> assign(starred.value(), value, place);
            case Expression.Attribute attribute -> {
                if (machine.evaluation.value(attribute.value()) instanceof Symbol.Made self
                        && Instances.isOfProject(self)) {
                    machine.calls.instances().put(self, attribute.name(), value, place);
                }
            }
            case Expression.Subscript subscript -> put(subscript, value, place);
            default -> {
                // The grammar lets nothing else through.
            }
        }
    }

    private void put(Expression.Subscript subscript, @Nullable Symbol value, SourceRange place) {
        Symbol container = machine.evaluation.content(subscript.value());
        if (value != null && Globals.are(container, machine.frame())
                && machine.evaluation.content(subscript.index()) instanceof Symbol.Text(String name, _)) {
            machine.frame().module.frame().scope.bind(name, new Binding(value, place));
            return;
        }
        if (!(container instanceof Symbol.Items) && !(container instanceof Symbol.Dict)) {
            return;
        }
        Symbol changed = null;
        if (!(subscript.index() instanceof Expression.Slice)) {
            Symbol key = machine.evaluation.content(subscript.index());
            changed = machine.frame().isInEachRound() && container instanceof Symbol.Dict
                    ? Answers.gathered(container, key)
                    : null;
            changed = changed != null
                    ? changed
                    : value == null ? Containers.without(container, key) : Containers.put(container, key, value);
        }
        machine.replace(
                container,
                changed == null
                        ? machine.unknown(subscript.place(), new UnknownValue(Value.CHANGED_IN_PLACE))
                        : machine.bounded(changed, place),
                place);
    }

    private void unpack(Expression.Sequence targets, Symbol packed, SourceRange place) {
        Symbol value = machine.evaluation.content(packed);
        List<Expression> elements = targets.elements();
        List<Symbol> values = value instanceof Symbol.Items items && items.kind() == Symbol.Items.Kind.SET
                && items.values().size() > 1 ? null : Containers.elements(value);
        int rest = -1;
        for (int i = 0; i < elements.size(); i++) {
            rest = elements.get(i) instanceof Expression.Starred ? i : rest;
        }
        boolean fits = values != null
                && (rest < 0 ? values.size() == elements.size() : values.size() >= elements.size() - 1);
        if (values == null || !fits) {
            unpackUnknown(elements, value, place);
            return;
        }
        int more = values.size() - elements.size();
        for (int i = 0; i < elements.size(); i++) {
            Symbol part = i == rest
                    ? new Symbol.Items(Symbol.Items.Kind.LIST, values.subList(i, i + more + 1))
                    : values.get(rest >= 0 && i > rest ? i + more : i);
            assign(elements.get(i), part, place);
        }
    }

    private void unpackUnknown(List<Expression> targets, Symbol value, SourceRange place) {
        for (int i = 0; i < targets.size(); i++) {
            Symbol part;
            if (value instanceof Symbol.Unknown) {
                part = value;
            } else if (SymbolOperators.isOutside(value)) {
                part = new Symbol.Made(
                        new Symbol.Member(value, "__getitem__"),
                        List.of(Numerals.of(i)),
                        Map.of(),
                        true,
                        place);
            } else {
                part = machine.unknown(place, new UnknownValue(Value.UNPACKED_OTHER_SHAPE));
            }
            assign(targets.get(i), machine.bounded(part, place), place);
        }
    }

    void augment(Statement.Augment augment) {
        Symbol before = machine.evaluation.content(augment.target());
        Symbol added = machine.evaluation.content(augment.value());
        if (before instanceof Symbol.Items items && items.kind() == Symbol.Items.Kind.LIST
                && augment.operator().equals("+")) {
            List<Symbol> more = Containers.elements(added);
            List<Symbol> values = new ArrayList<>(items.values());
            boolean fits = more != null && values.size() + more.size() <= SymbolOperators.LONGEST_ITEMS;
            if (more != null && fits) {
                values.addAll(more);
            }
            Symbol after = fits
                    ? machine.bounded(new Symbol.Items(items.kind(), values), augment.place())
                    : machine.unknown(augment.place(), new UnknownValue(Value.UNKNOWN_SUM));
            machine.replace(before, after, augment.place());
            if (augment.target() instanceof Expression.Name) {
                assign(augment.target(), after, augment.place());
            }
            return;
        }
        Symbol result = SymbolOperators.binary(augment.operator(), before, added);
        if (result == null) {
            result = before instanceof Symbol.Unknown || SymbolOperators.isOutside(before)
                    ? machine.unknown(augment.place(), new UnknownValue(Value.COMPUTED))
                    : added instanceof Symbol.Unknown
                            ? added
                            : machine.unknown(augment.place(), new UnknownValue(
                                    augment.operator().equals("+") ? Value.UNKNOWN_SUM : Value.COMPUTED));
        }
        assign(augment.target(), machine.bounded(result, augment.place()), augment.place());
    }

    void delete(Expression target, SourceRange place) {
        switch (target) {
            case Expression.Name name -> bind(
                    name.name(),
                    new Symbol.Unknown("del " + name.name(), new UnknownValue(Value.DELETED), place),
                    place);
            case Expression.Sequence sequence -> sequence.elements().forEach(element -> delete(element, place));
            case Expression.Subscript subscript -> put(subscript, null, place);
            default -> {
                // An attribute of something.
            }
        }
    }
}
