package dev.migrationledger.agent.python.symbolic;

import dev.migrationledger.agent.python.symbolic.Answer.Chosen;
import dev.migrationledger.agent.python.symbolic.Symbol.Items;
import dev.migrationledger.agent.python.syntax.Expression;
import dev.migrationledger.contracts.unread.ValueReason.UnknownValue;
import dev.migrationledger.contracts.unread.ValueReason.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What comprehensions stand for: their loops over what is known are gone through. */
final class Comprehensions {
    private final Interpreter machine;
    private final Evaluation evaluation;

    Comprehensions(Interpreter machine, Evaluation evaluation) {
        this.machine = machine;
        this.evaluation = evaluation;
    }

    private static final class Result {
        private final List<Symbol> keys = new ArrayList<>();
        private final List<Symbol> values = new ArrayList<>();
        private boolean known = true;

        /** On which condition each of the values is in it. */
        private final List<Guard> guards = new ArrayList<>();

        /** Of those that are not known to hold or not. */
        private final List<Symbol> conditions = new ArrayList<>();

        /** What becomes of a list of what the schema holds. */
        private @Nullable Symbol answer;
        private @Nullable Symbol cause;
    }

    Symbol value(Expression.Comprehension comprehension) {
        Frame frame = machine.frame();
        Scope outside = frame.scope;
        Result result = new Result();
        frame.scope = new Scope(outside);
        try {
            clause(comprehension, 0, Guard.All.ALWAYS, result);
        } finally {
            frame.scope = outside;
        }
        if (result.answer != null) {
            return result.answer;
        }
        if (result.cause != null) {
            // Whatever is in it, it is a container.
            return result.cause instanceof Symbol.Unknown unknown ? unknown.asPlain() : result.cause;
        }
        Symbol made = result.known ? collected(comprehension, result) : null;
        return made == null
                ? machine.unknown(comprehension.place(), new UnknownValue(Value.UNKNOWN_LOOP)).asPlain()
                : machine.bounded(made, comprehension.place());
    }

    private static @Nullable Symbol collected(Expression.Comprehension comprehension, Result result) {
        if (comprehension.value() == null && !result.guards.stream().allMatch(Guard::isAlways)) {
            List<Chosen.Element> elements = new ArrayList<>();
            for (int i = 0; i < result.values.size(); i++) {
                elements.add(new Chosen.Element(result.values.get(i), result.guards.get(i)));
            }
            return new Symbol.Answered(new Chosen(elements));
        }
        return switch (comprehension.kind()) {
            case LIST, GENERATOR -> new Items(Items.Kind.LIST, result.values);
            case SET -> Containers.items(Items.Kind.SET, result.values);
            case DICT -> {
                List<Symbol.Entry> entries = new ArrayList<>();
                for (int i = 0; i < result.keys.size(); i++) {
                    entries.add(new Symbol.Entry(result.keys.get(i), result.values.get(i)));
                }
                yield Containers.with(new Symbol.Dict(List.of()), entries);
            }
        };
    }

    private void clause(Expression.Comprehension comprehension, int at, Guard guard, Result result) {
        if (!machine.enter()) {
            throw new EvaluationLimitExceeded();
        }
        try {
            entered(comprehension, at, guard, result);
        } finally {
            machine.leave();
        }
    }

    private void entered(Expression.Comprehension comprehension, int at, Guard guard, Result result) {
        if (at == comprehension.clauses().size()) {
            Symbol element = evaluation.value(comprehension.element());
            if (comprehension.value() == null) {
                result.values.add(element);
                result.guards.add(guard);
            } else {
                result.keys.add(element);
                result.values.add(evaluation.value(comprehension.value()));
            }
            result.known &= result.values.size() <= SymbolOperators.LONGEST_ITEMS
                    && (comprehension.value() == null || guard.isAlways());
            return;
        }
        Expression.Clause clause = comprehension.clauses().get(at);
        Symbol values = machine.calls.iterated(evaluation.content(clause.values()), clause.values().place());
        List<Chosen.Element> elements = Chosen.elements(values);
        if (elements == null) {
            result.known = false;
            result.cause = values instanceof Symbol.Unknown ? values : result.cause;
            machine.perhaps(() -> {
                Symbol element = evaluation.looked(values, "__next__", Symbol.None.NONE, clause.values());
                one(comprehension, at, clause, new Chosen.Element(element, guard), result);
            });
            result.answer = comprehension.clauses().size() == 1 ? answer(values, result) : null;
            return;
        }
        for (Chosen.Element element : elements) {
            machine.step();
            one(comprehension, at, clause, new Chosen.Element(element.value(), guard.and(element.guard())), result);
        }
    }

    private static @Nullable Symbol answer(Symbol values, Result result) {
        List<Symbol> made = result.keys.isEmpty() ? result.values : result.keys;
        return made.size() != 1 || result.conditions.size() > 1
                ? null
                : Answers.collected(
                        values, made.getFirst(), result.conditions.isEmpty() ? null : result.conditions.getFirst());
    }

    private void one(
            Expression.Comprehension comprehension, int at, Expression.Clause clause, Chosen.Element element,
            Result result) {
        machine.execution.assign(clause.target(), element.value(), clause.target().place());
        Guard guard = element.guard();
        for (Expression condition : clause.conditions()) {
            Symbol holds = evaluation.content(condition);
            Boolean truth = SymbolOperators.truth(holds);
            if (Boolean.FALSE.equals(truth)) {
                return;
            }
            if (result.known && Answers.decides(holds)) {
                guard = guard.and(Answers.guard(holds));
            } else if (truth == null) {
                result.known = false;
                result.conditions.add(holds);
            }
        }
        Guard taken = result.conditions.isEmpty() ? guard : guard.and(Guard.Open.PERHAPS);
        machine.under(taken, () -> clause(comprehension, at + 1, taken, result));
    }
}
