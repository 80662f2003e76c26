package dev.migrationledger.agent.python.symbolic;

import dev.migrationledger.agent.python.syntax.Expression;
import dev.migrationledger.contracts.unread.ValueReason.Conditional;
import dev.migrationledger.contracts.unread.ValueReason.UnknownValue;
import dev.migrationledger.contracts.unread.ValueReason.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What operators make of what expressions stand for. */
final class Computation {
    private final Interpreter machine;
    private final Evaluation evaluation;

    Computation(Interpreter machine, Evaluation evaluation) {
        this.machine = machine;
        this.evaluation = evaluation;
    }

    Symbol unary(Expression.Unary unary) {
        Symbol operand = evaluation.content(unary.operand());
        if (unary.operator().equals("not")) {
            Boolean truth = SymbolOperators.truth(operand);
            if (Answers.decides(operand)) {
                return Answers.holds(Answers.guard(operand).not());
            }
            return truth == null
                    ? evaluation.unknown(unary, new Conditional(unary.place().excerpt()))
                    : new Symbol.Truth(!truth);
        }
        if (operand instanceof Symbol.Numeral numeral && !unary.operator().equals("~")) {
            boolean minus = unary.operator().equals("-");
            Symbol negated = numeral.whole() == null ? null : Numerals.calculated("-", 0, numeral.whole());
            return minus
                    ? negated == null ? new Symbol.Numeral("-" + numeral.source(), null) : negated
                    : numeral;
        }
        return SymbolOperators.isOutside(operand)
                ? evaluation.looked(operand, unary.operator().equals("~") ? "__invert__" : "__neg__", Symbol.None.NONE,
                        unary)
                : operand instanceof Symbol.Unknown
                        ? operand
                        : evaluation.unknown(unary, new UnknownValue(Value.COMPUTED));
    }

    /** Long chains lean to the left, so they are gone through instead of down. */
    Symbol binary(Expression.Binary binary) {
        Deque<Expression.Binary> chain = new ArrayDeque<>();
        Expression left = binary;
        while (left instanceof Expression.Binary inner) {
            chain.push(inner);
            left = inner.left();
        }
        Symbol result = evaluation.content(left);
        for (Expression.Binary step : chain) {
            machine.step();
            result = operated(step.operator(), result, evaluation.content(step.right()), step);
        }
        return result;
    }

    Symbol operated(String operator, Symbol left, Symbol right, Expression whole) {
        Symbol sets = NameSets.operated(operator, left, right, machine.assumptions);
        Symbol result = sets == null ? SymbolOperators.binary(operator, left, right) : sets;
        if (result != null) {
            return machine.bounded(
                    left instanceof Symbol.Text text && operator.equals("%")
                            ? ProjectFiles.located(result, text)
                            : result,
                    whole.place());
        }
        Symbol outline = switch (operator) {
            case "+" -> left instanceof Symbol.Text || left instanceof Symbol.Unknown
                    ? Symbol.Unknown.joined(left, right)
                    : null;
            case "%" -> left instanceof Symbol.Text text ? Formats.percent(text.text(), right, true) : null;
            default -> null;
        };
        Symbol lost = lost(operator, left, right, whole);
        return lost instanceof Symbol.Unknown unknown && outline != null ? unknown.outlined(outline) : lost;
    }

    private Symbol lost(String operator, Symbol left, Symbol right, Expression whole) {
        if (left instanceof Symbol.Unknown) {
            return left;
        }
        if (right instanceof Symbol.Unknown) {
            return right;
        }
        if (SymbolOperators.isOutside(left)) {
            return evaluation.looked(left, "operator " + operator, right, whole);
        }
        if (SymbolOperators.isOutside(right) && !(left instanceof Symbol.Text)) {
            return evaluation.looked(right, "operator " + operator, left, whole);
        }
        return evaluation.unknown(whole, new UnknownValue(operator.equals("+") ? Value.UNKNOWN_SUM : Value.COMPUTED));
    }

    Symbol logical(Expression.Logical logical) {
        boolean or = logical.operator().equals("or");
        boolean open = false;
        boolean early = false;
        boolean decided = false;
        Guard guard = or ? Guard.Any.NEVER : Guard.All.ALWAYS;
        Symbol last = Symbol.None.NONE;
        for (Expression operand : logical.operands()) {
            last = content(operand, or ? guard.not() : guard);
            Boolean truth = SymbolOperators.truth(last);
            if (truth != null && truth == or && !open) {
                return last;
            }
            early = open;
            open |= truth == null;
            decided |= Answers.decides(last);
            guard = or ? guard.or(machine.questions.guard(last)) : guard.and(machine.questions.guard(last));
        }
        return !early
                ? last
                : decided
                        ? Answers.holds(guard)
                        : evaluation.unknown(
                                logical,
                                new Conditional(logical.operands().getFirst().place().excerpt()));
    }

    private Symbol content(Expression expression, Guard guard) {
        List<Symbol> content = new ArrayList<>();
        machine.under(guard, () -> content.add(evaluation.content(expression)));
        return content.getFirst();
    }

    Symbol comparison(Expression.Comparison comparison) {
        List<Expression> operands = comparison.operands();
        if (isMain(comparison)) {
            return new Symbol.Truth(comparison.operators().getFirst().equals("!="));
        }
        Symbol left = evaluation.content(operands.getFirst());
        boolean known = true;
        for (int i = 1; i < operands.size(); i++) {
            Symbol right = evaluation.content(operands.get(i));
            Symbol answer = operands.size() == 2
                    ? Answers.compare(comparison.operators().getFirst(), left, right, machine.assumptions)
                    : null;
            if (answer != null) {
                return answer;
            }
            Boolean holds = SymbolOperators.compare(comparison.operators().get(i - 1), left, right);
            if (Boolean.FALSE.equals(holds)) {
                return new Symbol.Truth(false);
            }
            known &= holds != null;
            if (holds == null && operands.size() == 2 && SymbolOperators.isOutside(left)) {
                return evaluation.looked(left, "operator " + comparison.operators().getFirst(), right, comparison);
            }
            left = right;
        }
        return known
                ? new Symbol.Truth(true)
                : evaluation.unknown(comparison, new UnknownValue(Value.UNKNOWN_COMPARISON));
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

    Symbol conditional(Expression.Conditional conditional) {
        Symbol test = evaluation.content(conditional.test());
        Boolean truth = SymbolOperators.truth(test);
        if (truth != null) {
            return evaluation.value(truth ? conditional.yes() : conditional.no());
        }
        Guard guard = machine.questions.guard(test);
        Symbol yes = content(conditional.yes(), guard);
        Symbol no = content(conditional.no(), guard.not());
        Symbol chosen = Answers.chosen(
                List.of(new Answers.Choice(guard, yes), new Answers.Choice(guard.not(), no)));
        return chosen != null
                ? chosen
                : evaluation.unknown(conditional, new Conditional(conditional.test().place().excerpt()));
    }
}
