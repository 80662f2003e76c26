package dev.migrationledger.agent.tool.alembic.python.symbolic;

import dev.migrationledger.agent.tool.alembic.python.syntax.Expression;
import dev.migrationledger.agent.tool.alembic.python.syntax.Place;
import dev.migrationledger.agent.tool.alembic.python.syntax.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs what happens or not: one branch where the condition is known, else each, and then what they agree on holds. */
final class Branches {
    private static final Set<String> IMPORT_ERRORS = Set.of("ImportError", "ModuleNotFoundError");

    private final Machine machine;
    private final Execution execution;

    Branches(Machine machine, Execution execution) {
        this.machine = machine;
        this.execution = execution;
    }

    /** How a branch ended that may have been taken. */
    record Outcome(Scope scope, Flow flow) {}

    /** Runs a branch of which nobody knows whether it is taken. */
    Outcome perhaps(Runnable before, List<Statement> body) {
        Frame frame = machine.frame();
        Scope outside = frame.scope;
        Scope branch = new Scope(outside);
        frame.scope = branch;
        frame.branches++;
        try {
            before.run();
            return new Outcome(branch, execution.run(body));
        } finally {
            frame.branches--;
            frame.scope = outside;
        }
    }

    private Outcome perhaps(List<Statement> body) {
        return perhaps(() -> {}, body);
    }

    Flow choose(Statement.If first) {
        List<Outcome> outcomes = new ArrayList<>();
        Expression unknown = first.test();
        Statement.If choice = first;
        while (true) {
            Boolean truth = outcomes.isEmpty() ? truth(choice.test()) : truthPerhaps(choice.test());
            if (truth == null) {
                unknown = outcomes.isEmpty() ? choice.test() : unknown;
                outcomes.add(perhaps(choice.body()));
            }
            List<Statement> next = Boolean.TRUE.equals(truth) ? choice.body() : choice.orElse();
            boolean elif = !Boolean.TRUE.equals(truth) && next.size() == 1 && next.getFirst() instanceof Statement.If;
            if (!elif) {
                if (outcomes.isEmpty()) {
                    return execution.run(next);
                }
                outcomes.add(perhaps(next));
                return combined(outcomes, unknown.place().excerpt(), first.place());
            }
            choice = (Statement.If) next.getFirst();
        }
    }

    private @Nullable Boolean truth(Expression test) {
        return Operations.truth(machine.evaluation.content(test));
    }

    private @Nullable Boolean truthPerhaps(Expression test) {
        Frame frame = machine.frame();
        frame.branches++;
        try {
            return truth(test);
        } finally {
            frame.branches--;
        }
    }

    /** What holds after one of several branches was taken, nobody knows which. */
    Flow combined(List<Outcome> outcomes, String condition, Place place) {
        Frame frame = machine.frame();
        List<Scope> live = new ArrayList<>();
        boolean returns = false;
        Flow last = Flow.RAISE;
        for (Outcome outcome : outcomes) {
            switch (outcome.flow()) {
                case ON -> live.add(outcome.scope());
                case RETURN -> returns = true;
                case RAISE -> frame.mayHaveRaised |= frame.tries > 0;
                case BREAK, CONTINUE -> {
                    leftLoop(outcome, live);
                    last = last == Flow.CONTINUE ? last : outcome.flow();
                }
            }
        }
        if (live.isEmpty()) {
            frame.mayHaveReturned |= returns && last != Flow.RAISE;
            return last == Flow.RAISE && returns ? Flow.RETURN : last;
        }
        frame.mayHaveReturned |= returns;
        if (live.size() == 1) {
            frame.scope.take(live.getFirst());
        } else {
            frame.scope.merge(live, condition, place);
        }
        return Flow.ON;
    }

    private void leftLoop(Outcome outcome, List<Scope> live) {
        Frame.Loop loop = machine.frame().loop;
        if (loop == null) {
            live.add(outcome.scope());
            return;
        }
        loop.mayHaveBroken |= outcome.flow() == Flow.BREAK;
        loop.mayHaveContinued |= outcome.flow() == Flow.CONTINUE;
        loop.tainted.addAll(outcome.scope().own().keySet());
    }

    /** What {@code try} did holds, unless a handler would have it otherwise. */
    Flow attempt(Statement.Try attempt) {
        Frame frame = machine.frame();
        boolean mayHaveRaised = frame.mayHaveRaised;
        int handled = attempt.handlers().isEmpty() ? 0 : 1;
        frame.tries += handled;
        Flow flow;
        try {
            flow = execution.run(attempt.body());
        } finally {
            frame.tries -= handled;
            frame.mayHaveRaised = mayHaveRaised;
        }
        if (handled > 0) {
            flow = handled(attempt, flow);
        } else if (flow == Flow.ON) {
            flow = execution.run(attempt.orElse());
        }
        Flow atLast = execution.run(attempt.atLast());
        return atLast == Flow.ON ? flow : atLast;
    }

    private Flow handled(Statement.Try attempt, Flow body) {
        List<Outcome> outcomes = new ArrayList<>();
        if (body == Flow.ON) {
            Frame frame = machine.frame();
            Scope outside = frame.scope;
            frame.scope = new Scope(outside);
            Flow flow;
            try {
                flow = execution.run(attempt.orElse());
                outcomes.add(new Outcome(frame.scope, flow));
            } finally {
                frame.scope = outside;
            }
        } else if (body != Flow.RAISE) {
            outcomes.add(new Outcome(new Scope(machine.frame().scope), body));
        }
        for (Statement.Handler handler : attempt.handlers()) {
            if (handler.type() instanceof Expression.Name type && IMPORT_ERRORS.contains(type.name())
                    && body == Flow.ON) {
                importsFailed(handler, outcomes);
            } else {
                outcomes.add(perhaps(() -> bind(handler), handler.body()));
            }
        }
        return combined(outcomes, "try", attempt.place());
    }

    private void bind(Statement.Handler handler) {
        if (handler.name() != null) {
            machine.frame().scope.bind(
                    handler.name(),
                    new Bound(
                            new Symbol.Made(
                                    new Symbol.Reference("builtins.Exception"), List.of(), Map.of(), false,
                                    handler.place()),
                            handler.place()));
        }
    }

    /** What was imported, and is in no file here, is taken to be installed; its substitute is not. */
    private void importsFailed(Statement.Handler handler, List<Outcome> outcomes) {
        Outcome outcome = perhaps(() -> bind(handler), handler.body());
        outcome.scope().own().keySet().removeIf(name -> {
            Bound before = machine.frame().scope.find(name);
            return before != null && machine.evaluation.content(before.symbol()) instanceof Symbol.Reference;
        });
        outcomes.add(outcome);
    }

    /** One case is taken, or none. */
    Flow match(Statement.Match match) {
        machine.evaluation.value(match.subject());
        List<Outcome> outcomes = new ArrayList<>();
        for (Statement.Case one : match.cases()) {
            outcomes.add(perhaps(() -> bind(one, match.place()), one.body()));
        }
        outcomes.add(new Outcome(new Scope(machine.frame().scope), Flow.ON));
        return combined(outcomes, "match " + match.subject().place().excerpt(), match.place());
    }

    /** Any name in a pattern may be bound by it. */
    private void bind(Statement.Case one, Place place) {
        for (String word : one.pattern().split("\\W+", -1)) {
            if (!word.isEmpty() && !Character.isDigit(word.charAt(0))) {
                machine.frame().scope.bind(
                        word,
                        new Bound(
                                new Symbol.Unknown(word, "it may be bound by a pattern",
                                        place),
                                place));
            }
        }
        if (one.guard() != null) {
            machine.evaluation.value(one.guard());
        }
    }
}
