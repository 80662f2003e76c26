package dev.migrationledger.agent.tool.alembic.python.symbolic;

import dev.migrationledger.agent.tool.alembic.python.symbolic.Symbol.Items;
import dev.migrationledger.agent.tool.alembic.python.syntax.Expression;
import dev.migrationledger.agent.tool.alembic.python.syntax.Place;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What expressions stand for. */
final class Evaluation {

    /** A reason that names a reason that names a reason… stops here. Characters. */
    private static final int LONGEST_REASON = 300;

    private final Machine machine;
    private final Comprehensions comprehensions;

    Evaluation(Machine machine) {
        this.machine = machine;
        this.comprehensions = new Comprehensions(machine, this);
    }

    Symbol value(Expression expression) {
        if (!machine.enter()) {
            return machine.unknown(expression.place(), "it is nested too deeply");
        }
        try {
            return evaluated(expression);
        } finally {
            machine.leave();
        }
    }

    /** A value that is looked into: what it is in another file matters. */
    Symbol content(Expression expression) {
        return content(value(expression));
    }

    Symbol content(Symbol symbol) {
        return symbol instanceof Symbol.Reference reference
                ? machine.frame().module.imported(reference, machine)
                : symbol;
    }

    private Symbol evaluated(Expression expression) {
        return switch (expression) {
            case Expression.Elided it -> unknown(it, "it is too long or nested too deeply");
            case Expression.Name it -> name(it);
            case Expression.Text it -> new Symbol.Text(it.text());
            case Expression.Bytes it -> made("builtins.bytes", it.place());
            case Expression.Numeral it -> Numerals.written(it.source());
            case Expression.Constant it -> switch (it.word()) {
                case NONE -> Symbol.None.NONE;
                case TRUE -> new Symbol.Truth(true);
                case FALSE -> new Symbol.Truth(false);
                case ELLIPSIS -> new Symbol.Reference("builtins.Ellipsis");
            };
            case Expression.Formatted it -> formatted(it);
            case Expression.Template it -> unknown(it, "it is a template string");
            case Expression.Field it -> value(it.value());
            case Expression.Sequence it -> sequence(it);
            case Expression.Dict it -> dict(it);
            case Expression.Attribute it -> attribute(value(it.value()), it.name(), it);
            case Expression.Subscript it -> subscript(it);
            case Expression.Slice it -> unknown(it, "it is a slice");
            case Expression.Call it -> machine.calls.call(it);
            case Expression.Starred it -> value(it.value());
            case Expression.DoubleStarred it -> value(it.value());
            case Expression.Unary it -> unary(it);
            case Expression.Binary it -> binary(it);
            case Expression.Logical it -> logical(it);
            case Expression.Comparison it -> comparison(it);
            case Expression.Conditional it -> conditional(it);
            case Expression.Lambda it -> machine.calls.lambda(it);
            case Expression.Comprehension it -> comprehensions.value(it);
            case Expression.Walrus it -> {
                Symbol value = value(it.value());
                machine.execution.assign(it.target(), value, it.value().place());
                yield value;
            }
            case Expression.Await it -> value(it.value());
            case Expression.Yield it -> yielded(it);
        };
    }

    private Symbol unknown(Expression expression, String reason) {
        return machine.unknown(expression.place(), reason);
    }

    private Symbol made(String callee, Place place) {
        return new Symbol.Made(
                new Symbol.Reference(callee), List.of(), Map.of(), true, machine.frame().reported(place));
    }

    private Symbol name(Expression.Name name) {
        Frame frame = machine.frame();
        Bound bound = frame.find(name.name());
        if (bound == null) {
            return frame.module.unbound(name.name(), name.place(), machine);
        }
        if (bound.symbol() instanceof Symbol.Unknown unknown) {
            String reason = unknown.reason().length() > LONGEST_REASON
                    ? unknown.reason()
                    : "'%s' on line %d cannot be known: %s".formatted(name.name(), bound.line(), unknown.reason());
            return new Symbol.Unknown(name.name(), reason, frame.reported(name.place()), unknown.outline());
        }
        return imported(bound.symbol());
    }

    /** What functions do with a constant of another file matters; what a module hands on mostly does not. */
    private Symbol imported(Symbol symbol) {
        return machine.follower == null ? symbol : content(symbol);
    }

    Symbol attribute(Symbol of, String name, Expression whole) {
        Symbol watched = Watched.attribute(of, name);
        if (watched != null) {
            return watched;
        }
        return switch (of) {
            case Symbol.Reference reference -> imported(new Symbol.Reference(reference.dotted() + "." + name));
            case Symbol.Unknown unknown -> unknown;
            case Symbol.Type type -> machine.calls.attribute(type, name);
            case Symbol.Member member when member.of() instanceof Symbol.Type type -> {
                Symbol value = type.members().all().get(member.name());
                yield value != null && name.equals("value")
                        ? value
                        : name.equals("name") ? new Symbol.Text(member.name()) : new Symbol.Member(of, name);
            }
            default -> machine.bounded(new Symbol.Member(of, name), whole.place());
        };
    }

    private Symbol formatted(Expression.Formatted formatted) {
        StringBuilder text = new StringBuilder();
        Symbol.Unknown unknown = null;
        for (Expression part : formatted.parts()) {
            if (part instanceof Expression.Text literal) {
                text.append(literal.text());
                continue;
            }
            String shown = part instanceof Expression.Field field ? field(field) : null;
            if (shown == null || text.length() + shown.length() > Operations.LONGEST_TEXT) {
                String written = machine.excerpt(part);
                text.append(Symbol.Unknown.HOLE);
                unknown = unknown == null
                        ? machine.unknown(formatted.place(),
                                "'" + written + "' of the formatted string cannot be known")
                        : unknown;
            } else {
                text.append(shown);
            }
        }
        Symbol known = text.length() > Operations.LONGEST_TEXT ? null : new Symbol.Text(text.toString());
        return unknown != null
                ? unknown.outlined(known)
                : known != null ? known : unknown(formatted, "it is too large to be followed");
    }

    private @Nullable String field(Expression.Field field) {
        Symbol value = content(field.value());
        String specification = "";
        if (field.specification() != null) {
            if (!(formatted(field.specification()) instanceof Symbol.Text(String text))) {
                return null;
            }
            specification = text;
        }
        return Formats.field(value, field.conversion() == null ? 's' : field.conversion(), specification);
    }

    /** Elements one after the other, those of starred ones among them; absent where one cannot be unpacked. */
    @Nullable
    List<Symbol> elements(List<Expression> expressions) {
        List<Symbol> values = new ArrayList<>();
        boolean known = true;
        for (Expression element : expressions) {
            if (!(element instanceof Expression.Starred starred)) {
                values.add(value(element));
                continue;
            }
            List<Symbol> unpacked = Containers.elements(content(starred.value()));
            known &= unpacked != null && values.size() + unpacked.size() <= Operations.LONGEST_ITEMS;
            if (known && unpacked != null) {
                values.addAll(unpacked);
            }
        }
        return known ? values : null;
    }

    private Symbol sequence(Expression.Sequence sequence) {
        List<Symbol> values = elements(sequence.elements());
        if (values == null) {
            return unknown(sequence, "it spreads what is no list");
        }
        Items.Kind kind = switch (sequence.kind()) {
            case TUPLE -> Items.Kind.TUPLE;
            case LIST -> Items.Kind.LIST;
            case SET -> Items.Kind.SET;
        };
        return machine.bounded(Containers.items(kind, values), sequence.place());
    }

    private Symbol dict(Expression.Dict expression) {
        List<Symbol.Entry> entries = new ArrayList<>();
        boolean known = true;
        for (Expression.Entry entry : expression.entries()) {
            if (entry.key() != null) {
                Symbol key = content(entry.key());
                entries.add(new Symbol.Entry(key, value(entry.value())));
            } else if (content(entry.value()) instanceof Symbol.Dict spread) {
                entries.addAll(spread.entries());
            } else {
                known = false;
            }
        }
        return known && entries.size() <= Operations.LONGEST_ITEMS
                ? machine.bounded(new Symbol.Dict(entries), expression.place())
                : unknown(expression, "it spreads what is no dict");
    }

    private Symbol subscript(Expression.Subscript subscript) {
        Symbol container = content(subscript.value());
        if (subscript.index() instanceof Expression.Slice slice) {
            return slice(container, slice, subscript);
        }
        Symbol index = content(subscript.index());
        if (container instanceof Symbol.Made made && made.callee() instanceof Symbol.Reference(String dotted)
                && dotted.equals("builtins.globals") && index instanceof Symbol.Text(String name)) {
            Bound bound = machine.frame().module.frame().find(name);
            return bound == null ? unknown(subscript, "the file binds no '" + name + "'") : bound.symbol();
        }
        Symbol found = Containers.at(container, index);
        return found != null ? found : looked(container, "__getitem__", index, subscript);
    }

    private Symbol slice(Symbol container, Expression.Slice slice, Expression whole) {
        List<@Nullable Long> bounds = new ArrayList<>();
        boolean known = true;
        for (Expression bound : new @Nullable Expression[]{slice.lower(), slice.upper(), slice.step()}) {
            Symbol value = bound == null ? Symbol.None.NONE : content(bound);
            bounds.add(value instanceof Symbol.Numeral numeral ? numeral.whole() : null);
            known &= value instanceof Symbol.None
                    || (value instanceof Symbol.Numeral numeral && numeral.whole() != null);
        }
        Symbol sliced = known ? Containers.slice(container, bounds.get(0), bounds.get(1), bounds.get(2)) : null;
        return sliced != null
                ? machine.bounded(sliced, whole.place())
                : looked(container, "__getitem__", Symbol.None.NONE, whole);
    }

    /** What an operation returns on something that another module made. */
    Symbol looked(Symbol on, String method, Symbol argument, Expression whole) {
        if (on instanceof Symbol.Unknown) {
            return on;
        }
        if (!Operations.isOutside(on)) {
            return unknown(whole, "it looks inside something");
        }
        return machine.bounded(
                new Symbol.Made(
                        new Symbol.Member(on, method), List.of(argument), Map.of(), true,
                        machine.frame().reported(whole.place())),
                whole.place());
    }

    private Symbol unary(Expression.Unary unary) {
        Symbol operand = content(unary.operand());
        if (unary.operator().equals("not")) {
            Boolean truth = Operations.truth(operand);
            return truth == null
                    ? unknown(unary, "it depends on '" + machine.excerpt(unary) + "'")
                    : new Symbol.Truth(!truth);
        }
        if (operand instanceof Symbol.Numeral numeral && !unary.operator().equals("~")) {
            boolean minus = unary.operator().equals("-");
            Symbol negated = numeral.whole() == null ? null : Numerals.calculated("-", 0, numeral.whole());
            return minus
                    ? negated == null ? new Symbol.Numeral("-" + numeral.source(), null) : negated
                    : numeral;
        }
        return Operations.isOutside(operand)
                ? looked(operand, unary.operator().equals("~") ? "__invert__" : "__neg__", Symbol.None.NONE, unary)
                : operand instanceof Symbol.Unknown ? operand : unknown(unary, "it is computed");
    }

    /** Long chains lean to the left, so they are gone through instead of down. */
    private Symbol binary(Expression.Binary binary) {
        Deque<Expression.Binary> chain = new ArrayDeque<>();
        Expression left = binary;
        while (left instanceof Expression.Binary inner) {
            chain.push(inner);
            left = inner.left();
        }
        Symbol result = content(left);
        for (Expression.Binary step : chain) {
            machine.step();
            result = operated(step.operator(), result, content(step.right()), step);
        }
        return result;
    }

    Symbol operated(String operator, Symbol left, Symbol right, Expression whole) {
        Symbol result = Operations.binary(operator, left, right);
        if (result != null) {
            return machine.bounded(result, whole.place());
        }
        Symbol outline = switch (operator) {
            case "+" -> left instanceof Symbol.Text || left instanceof Symbol.Unknown
                    ? Symbol.Unknown.joined(left, right)
                    : null;
            case "%" -> left instanceof Symbol.Text text ? Formats.percent(text.text(), right, true) : null;
            default -> null;
        };
        Symbol lost = lost(operator, left, right, whole);
        return lost instanceof Symbol.Unknown unknown && outline != null
                ? unknown.outlined(machine.bounded(outline, whole.place()))
                : lost;
    }

    private Symbol lost(String operator, Symbol left, Symbol right, Expression whole) {
        if (left instanceof Symbol.Unknown) {
            return left;
        }
        if (right instanceof Symbol.Unknown) {
            return right;
        }
        if (Operations.isOutside(left)) {
            return looked(left, "operator " + operator, right, whole);
        }
        if (Operations.isOutside(right) && !(left instanceof Symbol.Text)) {
            return looked(right, "operator " + operator, left, whole);
        }
        return unknown(whole, operator.equals("+") ? "it adds what cannot be added here" : "it is computed");
    }

    @SuppressWarnings("ReferenceEquality") // the last operand itself
    private Symbol logical(Expression.Logical logical) {
        boolean or = logical.operator().equals("or");
        boolean open = false;
        Symbol last = Symbol.None.NONE;
        for (Expression operand : logical.operands()) {
            if (open) {
                machine.perhaps(() -> value(operand));
                continue;
            }
            last = content(operand);
            Boolean truth = Operations.truth(last);
            if (truth == null) {
                open = operand != logical.operands().getLast();
            } else if (truth == or) {
                return last;
            }
        }
        return open ? unknown(logical, "it depends on '" + machine.excerpt(logical.operands().getFirst()) + "'") : last;
    }

    private Symbol comparison(Expression.Comparison comparison) {
        List<Expression> operands = comparison.operands();
        if (isMain(comparison)) {
            return new Symbol.Truth(comparison.operators().getFirst().equals("!="));
        }
        Symbol left = content(operands.getFirst());
        boolean known = true;
        for (int i = 1; i < operands.size(); i++) {
            Symbol right = content(operands.get(i));
            Boolean holds = Operations.compare(comparison.operators().get(i - 1), left, right);
            if (Boolean.FALSE.equals(holds)) {
                return new Symbol.Truth(false);
            }
            known &= holds != null;
            if (holds == null && operands.size() == 2 && Operations.isOutside(left)) {
                return looked(left, "operator " + comparison.operators().getFirst(), right, comparison);
            }
            left = right;
        }
        return known ? new Symbol.Truth(true) : unknown(comparison, "it compares what cannot be known");
    }

    /** {@code __name__ == '__main__'}: a module that is imported never is. */
    private static boolean isMain(Expression.Comparison comparison) {
        String operator = comparison.operators().getFirst();
        return comparison.operands().size() == 2
                && (operator.equals("==") || operator.equals("!="))
                && comparison.operands().getFirst() instanceof Expression.Name name
                && name.name().equals("__name__")
                && comparison.operands().getLast() instanceof Expression.Text text
                && text.text().equals("__main__");
    }

    private Symbol conditional(Expression.Conditional conditional) {
        Boolean truth = Operations.truth(content(conditional.test()));
        if (truth != null) {
            return value(truth ? conditional.yes() : conditional.no());
        }
        List<Symbol> values = new ArrayList<>();
        machine.perhaps(() -> {
            values.add(value(conditional.yes()));
            values.add(value(conditional.no()));
        });
        return values.getFirst().equals(values.getLast())
                ? values.getFirst()
                : unknown(conditional, "it depends on '" + machine.excerpt(conditional.test()) + "'");
    }

    private Symbol yielded(Expression.Yield yield) {
        Symbol value = yield.value() == null ? Symbol.None.NONE : value(yield.value());
        List<Symbol> all = yield.from() ? Containers.elements(content(value)) : null;
        if (all != null) {
            machine.frame().yielded.addAll(all);
        } else {
            machine.frame().yielded.add(value);
        }
        return unknown(yield, "it is what a generator is sent");
    }
}
