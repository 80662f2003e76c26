package dev.migrationledger.agent.python.symbolic;

import dev.migrationledger.agent.python.symbolic.Answer.Chosen;
import dev.migrationledger.agent.python.syntax.SourceRange;
import dev.migrationledger.agent.python.syntax.Statement;
import dev.migrationledger.contracts.unread.ValueReason.UnknownValue;
import dev.migrationledger.contracts.unread.ValueReason.Value;
import java.util.List;
import java.util.Set;

/** Runs loops: over what is known element by element, else once, as something that may happen. */
final class Loops {

    /** Rounds. */
    private static final int LONGEST = 10_000;

    private final Interpreter machine;
    private final Execution execution;
    private final Branches branches;

    Loops(Interpreter machine, Execution execution, Branches branches) {
        this.machine = machine;
        this.execution = execution;
        this.branches = branches;
    }

    Flow run(Statement.For loop) {
        Symbol values = machine.calls.iterated(machine.evaluation.content(loop.values()), loop.values().place());
        List<Chosen.Element> elements = Chosen.elements(values);
        Frame frame = machine.frame();
        Frame.Loop around = frame.loop;
        Frame.Loop here = new Frame.Loop(around);
        frame.loop = here;
        try {
            if (elements == null || elements.size() > LONGEST) {
                Symbol element = machine.evaluation.looked(values, "__next__", Symbol.None.NONE, loop.values());
                boolean throughSchema = Answers.element(values) != null;
                return once(
                        throughSchema ? Guard.Open.ROUND : Guard.Open.PERHAPS,
                        () -> {
                            here.throughSchema = throughSchema ? frame.branch : null;
                            execution.assign(loop.target(), element, loop.target().place());
                        },
                        loop.body(),
                        new SourceRange(
                                loop.place().source(),
                                loop.place().start(),
                                loop.values().place().end(),
                                loop.place().line()).excerpt(),
                        loop);
            }
            for (Chosen.Element element : elements) {
                machine.step();
                Flow flow = round(element, here, loop);
                if (flow == Flow.BREAK) {
                    return leave(here, loop);
                }
                if (flow == Flow.RETURN || flow == Flow.RAISE) {
                    return flow;
                }
            }
            leave(here, loop);
        } finally {
            frame.loop = around;
        }
        return ended(loop.orElse(), here);
    }

    private Flow round(Chosen.Element element, Frame.Loop here, Statement.For loop) {
        Runnable assigned = () -> execution.assign(loop.target(), element.value(), loop.target().place());
        if (element.guard().isAlways()) {
            assigned.run();
            return round(loop.body(), here, loop);
        }
        Branches.Outcome taken = branches.branch(element.guard(), assigned, loop.body());
        return branches.combined(List.of(taken, branches.without(element.guard().not())),
                loop.values().place().excerpt(), loop.place());
    }

    private Flow round(List<Statement> body, Frame.Loop here, Statement loop) {
        Flow flow = execution.run(body);
        if (!here.round.isAlways()) {
            here.round = Guard.All.ALWAYS;
            taint(here.tainted, loop);
        }
        return flow;
    }

    /** What a branch bound before it left the loop may hold or not. */
    private Flow leave(Frame.Loop here, Statement loop) {
        if (here.mayHaveBroken()) {
            here.tainted.addAll(BoundNames.of(loop));
        }
        taint(here.tainted, loop);
        return Flow.ON;
    }

    private void taint(Set<String> names, Statement loop) {
        Frame frame = machine.frame();
        Frame.Loop here = frame.loop;
        if (here != null && here.throughSchema != null) {
            machine.questions.mark(loop.place(), Guard.Open.ROUND);
        }
        for (String name : names) {
            frame.scope.bind(
                    name,
                    new Binding(
                            new Symbol.Unknown(name, new UnknownValue(Value.LOOP_END), loop.place()),
                            loop.place()));
        }
    }

    private Flow ended(List<Statement> orElse, Frame.Loop here) {
        if (!here.mayHaveBroken() || orElse.isEmpty()) {
            return execution.run(orElse);
        }
        return branches.combined(
                List.of(branches.branch(Guard.Open.PERHAPS, () -> {}, orElse), branches.without(Guard.Open.PERHAPS)),
                "else", orElse.getFirst().place());
    }

    /** A body that runs never, once or many times. */
    private Flow once(Guard guard, Runnable before, List<Statement> body, String condition, Statement loop) {
        Branches.Outcome outcome = branches.branch(guard, before, body);
        Flow flow = outcome.flow() == Flow.RETURN || outcome.flow() == Flow.RAISE ? outcome.flow() : Flow.ON;
        Frame.Loop here = machine.frame().loop;
        branches.combined(
                List.of(
                        new Branches.Outcome(outcome.scope(), flow, outcome.guard()),
                        branches.without(Guard.Open.PERHAPS)),
                condition,
                loop.place());
        if (here != null && !found(here, guard, condition, loop)) {
            taint(here.tainted, loop);
        }
        return Flow.ON;
    }

    /** Whether the loop only looks for one object, and ends where it is found: what it then binds depends on that alone. */
    private boolean found(Frame.Loop here, Guard round, String condition, Statement loop) {
        if (here.breaks.size() != 1 || !here.round.isAlways()) {
            return false;
        }
        Branches.Outcome only = here.breaks.getFirst();
        Guard found = round.and(only.guard());
        if (!only.scope().own().keySet().containsAll(here.tainted)
                || found.parts().stream().anyMatch(Guard.Open.class::isInstance)) {
            return false;
        }
        branches.combined(List.of(new Branches.Outcome(only.scope(), Flow.ON, found), branches.without(found.not())),
                condition, loop.place());
        return true;
    }

    Flow run(Statement.While loop) {
        Frame frame = machine.frame();
        Frame.Loop around = frame.loop;
        Frame.Loop here = new Frame.Loop(around);
        frame.loop = here;
        try {
            for (int round = 0;; round++) {
                machine.step();
                Boolean truth = SymbolOperators.truth(machine.evaluation.content(loop.test()));
                if (Boolean.FALSE.equals(truth)) {
                    leave(here, loop);
                    break;
                }
                if (truth == null || round >= LONGEST || here.mayHaveBroken()) {
                    return once(Guard.Open.PERHAPS, () -> {}, loop.body(), "while " + loop.test().place().excerpt(),
                            loop);
                }
                Flow flow = round(loop.body(), here, loop);
                if (flow == Flow.BREAK) {
                    return leave(here, loop);
                }
                if (flow == Flow.RETURN || flow == Flow.RAISE) {
                    return flow;
                }
            }
        } finally {
            frame.loop = around;
        }
        return ended(loop.orElse(), here);
    }
}
