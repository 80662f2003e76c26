package dev.migrationledger.agent.python.symbolic;

import dev.migrationledger.agent.python.syntax.Expression;
import dev.migrationledger.agent.python.syntax.SourceRange;
import dev.migrationledger.agent.python.syntax.Statement;
import dev.migrationledger.contracts.unread.ValueReason.UnknownValue;
import dev.migrationledger.contracts.unread.ValueReason.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Runs what happens or not: one branch where the condition is known, else each, and then what they agree on holds. */
final class Branches {
    private static final Set<String> IMPORT_ERRORS = Set.of("ImportError", "ModuleNotFoundError");

    private final Interpreter machine;
    private final Execution execution;

    Branches(Interpreter machine, Execution execution) {
        this.machine = machine;
        this.execution = execution;
    }

    /** How a branch ended that may have been taken. */
    record Outcome(Scope scope, Flow flow, Guard guard) {}

    /** Runs a branch that is taken on a condition. */
    Outcome branch(Guard guard, Runnable before, List<Statement> body) {
        Frame frame = machine.frame();
        Scope outside = frame.scope;
        Scope branch = new Scope(outside);
        frame.scope = branch;
        List<Flow> flow = new ArrayList<>();
        try {
            machine.under(guard, () -> {
                before.run();
                flow.add(execution.run(body));
            });
            return new Outcome(branch, flow.getFirst(), guard);
        } finally {
            frame.scope = outside;
        }
    }

    /** A branch in which nothing happens. */
    Outcome without(Guard guard) {
        return new Outcome(new Scope(machine.frame().scope), Flow.ON, guard);
    }

    Flow choose(Statement.If first) {
        List<Outcome> outcomes = new ArrayList<>();
        Expression unknown = first.test();
        Statement.If choice = first;
        Guard others = Guard.All.ALWAYS;
        while (true) {
            Symbol test = content(choice.test(), others);
            Boolean truth = SymbolOperators.truth(test);
            if (truth == null) {
                unknown = outcomes.isEmpty() ? choice.test() : unknown;
                Guard guard = machine.questions.guard(test);
                outcomes.add(branch(others.and(guard), () -> {}, choice.body()));
                others = others.and(guard.not());
            }
            List<Statement> next = Boolean.TRUE.equals(truth) ? choice.body() : choice.orElse();
            boolean elif = !Boolean.TRUE.equals(truth) && next.size() == 1 && next.getFirst() instanceof Statement.If;
            if (!elif) {
                if (outcomes.isEmpty()) {
                    return execution.run(next);
                }
                outcomes.add(branch(others, () -> {}, next));
                return combined(outcomes, unknown.place().excerpt(), first.place());
            }
            choice = (Statement.If) next.getFirst();
        }
    }

    private Symbol content(Expression test, Guard guard) {
        List<Symbol> content = new ArrayList<>();
        machine.under(guard, () -> content.add(machine.evaluation.content(test)));
        return content.getFirst();
    }

    /** What holds after one of several branches was taken. */
    Flow combined(List<Outcome> outcomes, String condition, SourceRange place) {
        Frame frame = machine.frame();
        List<Outcome> live = new ArrayList<>();
        List<Guard> returns = new ArrayList<>();
        Flow last = Flow.RAISE;
        for (Outcome outcome : outcomes) {
            switch (outcome.flow()) {
                case ON -> live.add(outcome);
                case RETURN -> returns.add(outcome.guard());
                case RAISE -> frame.mayHaveRaised |= frame.tries > 0;
                case BREAK, CONTINUE -> {
                    leftLoop(outcome, live);
                    last = last == Flow.CONTINUE ? last : outcome.flow();
                }
            }
        }
        if (live.isEmpty() && last == Flow.RAISE) {
            return returns.isEmpty() ? last : Flow.RETURN;
        }
        if (!returns.isEmpty()) {
            frame.leave(Guard.any(returns));
        }
        if (live.size() == 1) {
            frame.scope.take(live.getFirst().scope());
        } else if (!live.isEmpty()) {
            frame.scope.merge(live, condition, place);
            Guard any = Guard.any(live.stream().map(Outcome::guard).toList());
            live.stream().flatMap(outcome -> outcome.scope().own().keySet().stream())
                    .map(frame.scope::find).filter(Objects::nonNull).map(Binding::symbol)
                    .filter(Symbol.Unknown.class::isInstance)
                    .forEach(unknown -> machine.questions.mark(((Symbol.Unknown) unknown).place(), any));
        }
        return live.isEmpty() ? last : Flow.ON;
    }

    private void leftLoop(Outcome outcome, List<Outcome> live) {
        Frame.Loop loop = machine.frame().loop;
        if (loop == null) {
            live.add(outcome);
            return;
        }
        if (outcome.flow() == Flow.BREAK) {
            loop.breaks.add(outcome);
        }
        machine.frame().leaveLoop(loop, outcome.guard(), outcome.flow() == Flow.BREAK);
        loop.tainted.addAll(outcome.scope().own().keySet());
    }

    /** What {@code try} did holds, unless a handler would have it otherwise. */
    Flow attempt(Statement.Try attempt) {
        Frame frame = machine.frame();
        boolean mayHaveRaised = frame.mayHaveRaised;
        int handled = attempt.handlers().isEmpty() ? 0 : 1;
        frame.tries += handled;
        Frame.Attempt around = frame.attempt;
        boolean alive = machine.commitsEachStatement() || machine.frames.stream().anyMatch(one -> one.autocommits > 0)
                || Attempts.rollBack(attempt, machine.assumptions);
        Frame.Attempt here = new Frame.Attempt(around, frame.guard(), alive);
        if (Attempts.goOn(attempt)) {
            frame.attempt = here;
        }
        Flow flow;
        try {
            flow = execution.run(attempt.body());
        } finally {
            frame.tries -= handled;
            frame.mayHaveRaised = mayHaveRaised;
            frame.attempt = around;
        }
        if (handled > 0) {
            flow = handled(attempt, flow, succeeds(attempt, here));
        } else if (flow == Flow.ON) {
            flow = execution.run(attempt.orElse());
        }
        Flow atLast = execution.run(attempt.atLast());
        return atLast == Flow.ON ? flow : atLast;
    }

    /** On which condition no handler is run, if the revision runs to its end. */
    private Guard succeeds(Statement.Try attempt, Frame.Attempt here) {
        return !here.usesDatabase
                ? Guard.Open.PERHAPS
                : Attempts.onlyUsesDatabase(attempt.body(), machine.evaluation::content, machine.assumptions)
                        ? here.succeeds()
                        : here.succeeds().and(Guard.Open.TRIED);
    }

    private Flow handled(Statement.Try attempt, Flow body, Guard succeeds) {
        boolean perhaps = succeeds.isAlways() || succeeds == Guard.Open.PERHAPS;
        Guard caught = succeeds.isFound()
                ? succeeds.not()
                : perhaps ? Guard.Open.CAUGHT.and(Guard.Open.PERHAPS) : Guard.Open.CAUGHT;
        Guard tried = succeeds.isFound() ? succeeds : Guard.Open.TRIED;
        List<Outcome> outcomes = new ArrayList<>();
        if (body == Flow.ON) {
            Frame frame = machine.frame();
            Scope outside = frame.scope;
            frame.scope = new Scope(outside);
            Flow flow;
            try {
                flow = execution.run(attempt.orElse());
                outcomes.add(new Outcome(frame.scope, flow, tried));
            } finally {
                frame.scope = outside;
            }
        } else if (body != Flow.RAISE) {
            outcomes.add(new Outcome(new Scope(machine.frame().scope), body, perhaps ? Guard.Open.PERHAPS : tried));
        }
        for (Statement.Handler handler : attempt.handlers()) {
            if (handler.type() instanceof Expression.Name type && IMPORT_ERRORS.contains(type.name())
                    && body == Flow.ON) {
                importsFailed(handler, caught, outcomes);
            } else {
                outcomes.add(branch(caught, () -> bind(handler), handler.body()));
            }
        }
        if (body == Flow.ON || body == Flow.RETURN) {
            returnsOfHandlers(outcomes, succeeds);
        }
        return combined(outcomes, "try", attempt.place());
    }

    /** What follows a handler that returns is only left out where the handler is run, and then the revision goes on. */
    private static void returnsOfHandlers(List<Outcome> outcomes, Guard succeeds) {
        for (Outcome outcome : List.copyOf(outcomes.subList(1, outcomes.size()))) {
            if (outcome.flow() == Flow.RETURN) {
                outcomes.remove(outcome);
                if (!succeeds.isAlways()) {
                    outcomes.add(new Outcome(outcome.scope(), Flow.RETURN, succeeds.not()));
                }
            }
        }
    }

    private void bind(Statement.Handler handler) {
        if (handler.name() != null) {
            machine.frame().scope.bind(
                    handler.name(),
                    new Binding(
                            new Symbol.Made(
                                    new Symbol.Reference("builtins.Exception"), List.of(), Map.of(), false,
                                    handler.place()),
                            handler.place()));
        }
    }

    /** What was imported, and is in no file here, is taken to be installed; its substitute is not. */
    private void importsFailed(Statement.Handler handler, Guard caught, List<Outcome> outcomes) {
        Outcome outcome = branch(caught, () -> bind(handler), handler.body());
        outcome.scope().own().keySet().removeIf(name -> {
            Binding before = machine.frame().scope.find(name);
            return before != null && machine.evaluation.content(before.symbol()) instanceof Symbol.Reference;
        });
        outcomes.add(outcome);
    }

    /** One case is taken, or none. */
    Flow match(Statement.Match match) {
        Symbol subject = machine.evaluation.content(match.subject());
        List<Outcome> outcomes = new ArrayList<>();
        Guard others = Guard.All.ALWAYS;
        for (Statement.Case one : match.cases()) {
            Guard guard = Patterns.guard(one, subject, machine.questions, machine.assumptions,
                    test -> content(test, Guard.Open.PERHAPS));
            if (guard.equals(Guard.Any.NEVER)) {
                continue;
            }
            Guard taken = others.and(guard);
            outcomes.add(branch(taken, () -> bind(one, match.place()), one.body()));
            others = others.and(guard.not());
            if (others.equals(Guard.Any.NEVER)) {
                break;
            }
        }
        if (!others.equals(Guard.Any.NEVER)) {
            outcomes.add(without(others));
        }
        return combined(outcomes, "match " + match.subject().place().excerpt(), match.place());
    }

    /** Any name in a pattern may be bound by it. */
    private void bind(Statement.Case one, SourceRange place) {
        for (String word : one.pattern().split("\\W+", -1)) {
            if (!word.isEmpty() && !Character.isDigit(word.charAt(0))) {
                machine.frame().scope.bind(
                        word,
                        new Binding(
                                new Symbol.Unknown(word, new UnknownValue(Value.PATTERN),
                                        place),
                                place));
            }
        }
        if (one.guard() != null) {
            machine.evaluation.value(one.guard());
        }
    }
}
