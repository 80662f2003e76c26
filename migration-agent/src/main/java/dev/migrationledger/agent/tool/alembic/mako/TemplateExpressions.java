package dev.migrationledger.agent.tool.alembic.mako;

import dev.migrationledger.agent.python.syntax.Expression;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Foreign;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Mapping;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Moment;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Named;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Nothing;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Sequence;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Text;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Truth;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Whole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Evaluates expressions of a template exactly, or not at all. */
final class TemplateExpressions {

    private static final int MOST_ELEMENTS = 10_000;

    private final TemplateStatements statements;
    private final TemplateCalls calls;

    TemplateExpressions(TemplateStatements statements, TemplateCalls calls) {
        this.statements = statements;
        this.calls = calls;
    }

    TemplateValue value(Expression expression, TemplateNames names) throws MakoProblem {
        statements.step(expression.place());
        TemplateValue value = switch (expression) {
            case Expression.Name name -> name(name, names);
            case Expression.Text text -> new Text(text.text());
            case Expression.Numeral numeral -> numeral.source().matches("[1-9][0-9]{0,15}|0")
                    ? new Whole(Long.parseLong(numeral.source()))
                    : null;
            case Expression.Constant constant -> switch (constant.word()) {
                case NONE -> Nothing.NONE;
                case TRUE -> new Truth(true);
                case FALSE -> new Truth(false);
                case ELLIPSIS -> null;
            };
            case Expression.Formatted formatted -> formatted(formatted, names);
            case Expression.Sequence sequence -> sequence.kind() == Expression.Brackets.SET
                    ? null
                    : new Sequence(sequence.kind() == Expression.Brackets.TUPLE, values(sequence.elements(), names));
            case Expression.Dict dict -> mapping(dict, names);
            case Expression.Attribute attribute -> attribute(value(attribute.value(), names), attribute.name());
            case Expression.Subscript subscript -> part(subscript, names);
            case Expression.Call call -> call(call, names);
            case Expression.Unary unary -> unary(unary, names);
            case Expression.Binary binary -> binary(binary.operator(), value(binary.left(), names),
                    value(binary.right(), names));
            case Expression.Logical logical -> logical(logical, names);
            case Expression.Comparison comparison -> comparison(comparison, names);
            case Expression.Conditional conditional -> truth(conditional.test(), names)
                    ? value(conditional.yes(), names)
                    : value(conditional.no(), names);
            case Expression.Comprehension comprehension -> comprehension.kind() == Expression.Comprehended.LIST
                    ? collected(comprehension, names)
                    : null;
            case Expression.Elided _,Expression.Bytes _,Expression.Template _,Expression.Field _,Expression.Slice _,Expression.Starred _,Expression.DoubleStarred _,Expression.Lambda _,Expression.Walrus _,Expression.Await _,Expression.Yield _ ->
                null;
        };
        if (value == null || (value instanceof Text(String text) && text.length() > PythonText.LONGEST)) {
            throw statements.uses(expression.place());
        }
        return value;
    }

    boolean truth(Expression expression, TemplateNames names) throws MakoProblem {
        Boolean truth = PythonText.truth(value(expression, names));
        if (truth == null) {
            throw statements.uses(expression.place());
        }
        return truth;
    }

    private TemplateValue name(Expression.Name name, TemplateNames names) throws MakoProblem {
        TemplateValue bound = names.find(name.name());
        if (bound instanceof Foreign) {
            throw statements.uses(name.place());
        }
        return bound == null ? statements.unbound(name, names) : bound;
    }

    private List<TemplateValue> values(List<Expression> expressions, TemplateNames names) throws MakoProblem {
        List<TemplateValue> values = new ArrayList<>();
        for (Expression expression : expressions) {
            values.add(value(expression, names));
        }
        return values;
    }

    private @Nullable TemplateValue mapping(Expression.Dict dict, TemplateNames names) throws MakoProblem {
        Map<TemplateValue, TemplateValue> entries = new LinkedHashMap<>();
        for (Expression.Entry entry : dict.entries()) {
            TemplateValue key = entry.key() == null ? null : value(entry.key(), names);
            if (!(key instanceof Text)) {
                return null;
            }
            entries.put(key, value(entry.value(), names));
        }
        return new Mapping(entries);
    }

    private @Nullable TemplateValue formatted(Expression.Formatted formatted, TemplateNames names)
            throws MakoProblem {
        StringBuilder all = new StringBuilder();
        for (Expression part : formatted.parts()) {
            String text = switch (part) {
                case Expression.Text literal -> literal.text();
                case Expression.Field field -> field(field, names);
                default -> null;
            };
            if (text == null || all.length() + text.length() > PythonText.LONGEST) {
                return null;
            }
            all.append(text);
        }
        return new Text(all.toString());
    }

    private @Nullable String field(Expression.Field field, TemplateNames names) throws MakoProblem {
        TemplateValue value = value(field.value(), names);
        if (field.specification() != null) {
            return value instanceof Moment moment && field.conversion() == null
                    && formatted(field.specification(), names) instanceof Text(String format)
                            ? Moments.formatted(moment, format)
                            : null;
        }
        return switch (field.conversion() == null ? 's' : field.conversion()) {
            case 's' -> PythonText.shown(value);
            case 'r' -> PythonText.quoted(value);
            default -> null;
        };
    }

    private static @Nullable TemplateValue attribute(TemplateValue of, String name) {
        if (of instanceof Moment moment) {
            Long field = Moments.field(moment, name);
            return field == null ? null : new Whole(field);
        }
        return of instanceof Named(String module) && TemplateCalls.HAVE_FUNCTIONS.contains(module)
                ? new Named(module + "." + name)
                : null;
    }

    private @Nullable TemplateValue call(Expression.Call call, TemplateNames names) throws MakoProblem {
        List<TemplateValue> positional = new ArrayList<>();
        Map<String, TemplateValue> named = new LinkedHashMap<>();
        TemplateValue receiver = null;
        TemplateValue callee = null;
        if (call.function() instanceof Expression.Attribute method) {
            receiver = value(method.value(), names);
            callee = attribute(receiver, method.name());
        } else {
            callee = value(call.function(), names);
        }
        for (Expression.Argument argument : call.arguments()) {
            boolean generator = argument.value() instanceof Expression.Comprehension comprehension
                    && comprehension.kind() == Expression.Comprehended.GENERATOR;
            // Whatever it is given to goes through it once.
            TemplateValue value = generator && argument.value() instanceof Expression.Comprehension comprehension
                    ? collected(comprehension, names)
                    : value(argument.value(), names);
            if (value == null) {
                return null;
            }
            if (argument.name() == null) {
                positional.add(value);
            } else {
                named.put(argument.name(), value);
            }
        }
        CallArguments arguments = new CallArguments(positional, named);
        if (callee != null) {
            return calls.function(callee, arguments, call.place());
        }
        return receiver != null && call.function() instanceof Expression.Attribute method
                ? TemplateCalls.method(receiver, method.name(), arguments)
                : null;
    }

    private @Nullable TemplateValue part(Expression.Subscript subscript, TemplateNames names) throws MakoProblem {
        TemplateValue of = value(subscript.value(), names);
        if (of instanceof Mapping mapping) {
            return mapping.entries().get(value(subscript.index(), names));
        }
        List<TemplateValue> elements = of instanceof Sequence sequence ? sequence.values() : null;
        if (subscript.index() instanceof Expression.Slice slice) {
            return slice(of, slice, names);
        }
        if (!(value(subscript.index(), names) instanceof Whole(long index))) {
            return null;
        }
        if (of instanceof Text(String text)) {
            return TextFunctions.at(text, index);
        }
        long at = elements != null && index < 0 ? index + elements.size() : index;
        return elements == null || at < 0 || at >= elements.size() ? null : elements.get((int) at);
    }

    private @Nullable TemplateValue slice(TemplateValue of, Expression.Slice slice, TemplateNames names)
            throws MakoProblem {
        List<TemplateValue> elements = of instanceof Sequence || of instanceof Text
                ? PythonFunctions.elements(of)
                : null;
        if (elements == null || slice.step() != null) {
            return null;
        }
        Long from = bound(slice.lower(), 0, elements.size(), names);
        Long to = bound(slice.upper(), elements.size(), elements.size(), names);
        if (from == null || to == null) {
            return null;
        }
        return of instanceof Sequence(boolean tuple, List<TemplateValue> values)
                ? new Sequence(tuple, from >= to ? List.of() : values.subList(from.intValue(), to.intValue()))
                : of instanceof Text(String text) ? TextFunctions.slice(text, from, to) : null;
    }

    private @Nullable Long bound(@Nullable Expression bound, long otherwise, int size, TemplateNames names)
            throws MakoProblem {
        TemplateValue value = bound == null ? new Whole(otherwise) : value(bound, names);
        return value instanceof Whole(long whole)
                ? (Long) Math.clamp(whole < 0 ? whole + size : whole, 0L, (long) size)
                : value == Nothing.NONE ? (Long) otherwise : null;
    }

    private @Nullable TemplateValue unary(Expression.Unary unary, TemplateNames names) throws MakoProblem {
        if (unary.operator().equals("not")) {
            return new Truth(!truth(unary.operand(), names));
        }
        return unary.operator().equals("-") && value(unary.operand(), names) instanceof Whole(long whole)
                ? new Whole(-whole)
                : null;
    }

    static @Nullable TemplateValue binary(String operator, TemplateValue left, TemplateValue right) {
        return switch (operator) {
            case "+" -> switch (left) {
                case Text(String first) when right instanceof Text(String second) -> new Text(first + second);
                case Whole(long first) when right instanceof Whole(long second) -> new Whole(first + second);
                case Sequence(boolean tuple, List<TemplateValue> first) when right instanceof Sequence(boolean alike, List<TemplateValue> second)
                        && tuple == alike
                        && first.size() + second.size() <= MOST_ELEMENTS -> {
                    List<TemplateValue> all = new ArrayList<>(first);
                    all.addAll(second);
                    yield new Sequence(tuple, all);
                }
                default -> null;
            };
            case "-" -> left instanceof Whole(long first) && right instanceof Whole(long second)
                    ? new Whole(first - second)
                    : null;
            case "*" -> left instanceof Text(String text) && right instanceof Whole(long times)
                    && times <= PythonText.LONGEST && text.length() * times <= PythonText.LONGEST
                            ? new Text(text.repeat((int) Math.max(0, times)))
                            : null;
            case "%" -> {
                String filled = left instanceof Text(String format) ? PercentFormat.filled(format, right) : null;
                yield filled == null ? null : new Text(filled);
            }
            default -> null;
        };
    }

    private TemplateValue logical(Expression.Logical logical, TemplateNames names) throws MakoProblem {
        boolean ends = logical.operator().equals("or");
        TemplateValue value = Nothing.NONE;
        for (Expression operand : logical.operands()) {
            value = value(operand, names);
            Boolean truth = PythonText.truth(value);
            if (truth == null) {
                throw statements.uses(operand.place());
            }
            if (truth == ends) {
                return value;
            }
        }
        return value;
    }

    private @Nullable TemplateValue comparison(Expression.Comparison comparison, TemplateNames names)
            throws MakoProblem {
        TemplateValue left = value(comparison.operands().getFirst(), names);
        for (int i = 0; i < comparison.operators().size(); i++) {
            TemplateValue right = value(comparison.operands().get(i + 1), names);
            Boolean holds = compared(comparison.operators().get(i), left, right);
            if (holds == null || !holds) {
                return holds == null ? null : new Truth(false);
            }
            left = right;
        }
        return new Truth(true);
    }

    private static @Nullable Boolean compared(String operator, TemplateValue left, TemplateValue right) {
        return switch (operator) {
            case "==" -> PythonText.equal(left, right);
            case "!=" -> not(PythonText.equal(left, right));
            case "is" -> same(left, right);
            case "is not" -> not(same(left, right));
            case "in" -> contains(right, left);
            case "not in" -> not(contains(right, left));
            case "<", ">", "<=", ">=" -> ordered(operator, left, right);
            default -> null;
        };
    }

    private static @Nullable Boolean ordered(String operator, TemplateValue left, TemplateValue right) {
        if (!(left instanceof Whole(long first)) || !(right instanceof Whole(long second))) {
            return null;
        }
        return switch (operator) {
            case "<" -> first < second;
            case ">" -> first > second;
            case "<=" -> first <= second;
            default -> first >= second;
        };
    }

    private static @Nullable Boolean not(@Nullable Boolean truth) {
        return truth == null ? null : (Boolean) !truth;
    }

    /** Only of what there is once. */
    private static @Nullable Boolean same(TemplateValue left, TemplateValue right) {
        boolean single = left instanceof Nothing || right instanceof Nothing || left instanceof Truth
                || right instanceof Truth;
        return single ? (Boolean) left.equals(right) : null;
    }

    private static @Nullable Boolean contains(TemplateValue container, TemplateValue wanted) {
        if (container instanceof Text(String text)) {
            return wanted instanceof Text(String part) ? (Boolean) text.contains(part) : null;
        }
        List<TemplateValue> elements = PythonFunctions.elements(container);
        if (elements == null) {
            return null;
        }
        for (TemplateValue element : elements) {
            Boolean equal = PythonText.equal(element, wanted);
            if (equal == null || equal) {
                return equal;
            }
        }
        return false;
    }

    private @Nullable TemplateValue collected(Expression.Comprehension comprehension, TemplateNames names)
            throws MakoProblem {
        if (comprehension.clauses().size() != 1) {
            return null;
        }
        Expression.Clause clause = comprehension.clauses().getFirst();
        List<TemplateValue> from = PythonFunctions.elements(value(clause.values(), names));
        if (from == null) {
            return null;
        }
        List<TemplateValue> collected = new ArrayList<>();
        for (TemplateValue element : from) {
            TemplateNames inside = new TemplateNames(names);
            statements.assign(clause.target(), element, inside);
            boolean taken = true;
            for (Expression condition : clause.conditions()) {
                taken = taken && truth(condition, inside);
            }
            if (taken) {
                collected.add(value(comprehension.element(), inside));
            }
        }
        return new Sequence(false, collected);
    }
}
