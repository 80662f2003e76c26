package dev.migrationledger.agent.python.symbolic;

import dev.migrationledger.agent.python.syntax.Body;
import dev.migrationledger.agent.python.syntax.SourceRange;
import dev.migrationledger.agent.python.syntax.Statement;
import dev.migrationledger.agent.python.syntax.SyntaxProblem;
import dev.migrationledger.contracts.unread.UnreadReason;
import dev.migrationledger.contracts.unread.ValueReason.UnknownValue;
import dev.migrationledger.contracts.unread.ValueReason.Value;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one run of following shares: the frames that are active, who is told, and how much more may
 * be done. {@link Execution} runs statements, {@link Evaluation} expressions, {@link Calls} functions.
 */
final class Interpreter {

    /** Expressions, statements and calls around one another. Each takes a few frames of Java's own stack. */
    private static final int DEEPEST = 250;

    /** What a step copies of a text or of a container beside what else it does. */
    private static final int CHARACTERS_OF_STEP = 4_000;
    private static final int ELEMENTS_OF_STEP = 500;

    final Execution execution = new Execution(this);
    final Evaluation evaluation = new Evaluation(this);
    final Calls calls = new Calls(this);
    final SchemaQuestions questions;
    final RuntimeAssumptions assumptions;
    final Deque<Frame> frames = new ArrayDeque<>();

    /** Who is told what happens; absent while a module itself is run. */
    final @Nullable CallListener follower;

    private final IdentityHashMap<Body, List<Statement>> bodies = new IdentityHashMap<>();
    private final Extents extents = new Extents();

    /** What was said already: a loop would say it again with each round. */
    private final Set<Said> said = new HashSet<>();

    /** @param module that came to it; each name that a file imports has its own */
    private record Said(EvaluatedModule module, SourceRange place, SourceRange inFollowed, UnreadReason reason) {}

    private int steps;
    private int reported;
    private int depth;

    /** Runs a module. */
    Interpreter(RuntimeAssumptions assumptions) {
        this(assumptions, null);
    }

    /** Follows a function of a module that was run. */
    Interpreter(RuntimeAssumptions assumptions, @Nullable CallListener follower) {
        this.assumptions = assumptions;
        this.questions = new SchemaQuestions(assumptions);
        this.follower = follower;
    }

    Frame frame() {
        return frames.getFirst();
    }

    /** Allows for so many steps from here on. */
    void allow(int more) {
        steps = more;
        depth = 0;
    }

    void allowAtLeast(int more) {
        steps = Math.max(steps, more);
    }

    void step() {
        steps(1);
    }

    /** Does what takes as long as so many steps. */
    private void steps(int more) {
        steps -= more;
        if (steps < 0) {
            throw new EvaluationLimitExceeded();
        }
    }

    /** How many more steps are allowed for. */
    int left() {
        return Math.max(0, steps);
    }

    /** Counts what making a text took, which grows with its length. */
    void made(Symbol symbol) {
        if (symbol instanceof Symbol.Text text) {
            steps(text.text().length() / CHARACTERS_OF_STEP);
        }
    }

    /** Whether one more level fits; if so, {@link #leave} is to be called. */
    boolean enter() {
        step();
        if (depth >= DEEPEST) {
            return false;
        }
        depth++;
        return true;
    }

    void leave() {
        depth--;
    }

    /** A body, read once. */
    List<Statement> statements(Body body) throws SyntaxProblem {
        List<Statement> statements = bodies.get(body);
        if (statements == null) {
            statements = body.statements();
            bodies.put(body, statements);
        }
        return statements;
    }

    /** The value itself, unless it is too large to be handed around. */
    Symbol bounded(Symbol symbol, SourceRange place) {
        steps(switch (symbol) {
            case Symbol.Items items -> items.values().size() / ELEMENTS_OF_STEP;
            case Symbol.Dict dict -> dict.entries().size() / ELEMENTS_OF_STEP;
            default -> 0;
        });
        return extents.fits(symbol) ? symbol : unknown(place, new UnknownValue(Value.TOO_LARGE));
    }

    Symbol.Unknown unknown(SourceRange place, UnreadReason reason) {
        return new Symbol.Unknown(place.excerpt(), reason, place);
    }

    /** How many calls were reported. */
    int reported() {
        return reported;
    }

    void report(Symbol.Made call) {
        reported++;
        if (frames.stream().noneMatch(frame -> frame.attempt != null)) {
            forward(call, frame().guard());
            return;
        }
        Guard found = assumptions.found(call, reported);
        if (found == null && assumptions.canBeRefused(call)) {
            frames.forEach(Frame::mayBeRefused);
        }
        forward(call, frames.stream().map(Frame::arrived).reduce(frame().guard(), Guard::and));
        if (assumptions.usesDatabase(call.callee())) {
            frames.forEach(Frame::usesDatabase);
        }
        if (assumptions.keepsTransaction(call)) {
            frames.forEach(Frame::goesOn);
        } else if (found == null) {
            mayRaise(assumptions.succeeds(call, reported));
        } else {
            Guard reached = frame().guard();
            frames.stream().filter(frame -> frame.attempt != null).limit(1)
                    .forEach(frame -> frame.finds(found, reached));
        }
    }

    private void forward(Symbol.Made call, Guard guard) {
        if (follower != null) {
            follower.called(call, frame().inFollowed(call.place()), guard);
        }
    }

    void autocommits(boolean begins) {
        if (follower != null) {
            follower.autocommits(begins);
        }
    }

    boolean commitsEachStatement() {
        return follower != null && follower.commitsEachStatement();
    }

    /** An exception is raised here, unless this holds, although the transaction goes on. */
    void mayRaise(Guard unless) {
        if (!unless.isAlways()) {
            frames.forEach(frame -> frame.mayRaise(unless));
        }
    }

    void report(SourceRange place, UnreadReason reason) {
        report(place, place.excerpt(), reason);
    }

    void report(SourceRange place, String expression, UnreadReason reason) {
        SourceRange inFollowed = frame().inFollowed(place);
        mayRaise(Guard.Open.PERHAPS);
        if (follower != null && said.add(new Said(frame().module, place, inFollowed, reason))) {
            follower.unknown(place, inFollowed, expression, reason);
        }
    }

    /** Runs something of which nobody knows whether it happens. */
    void perhaps(Runnable action) {
        under(Guard.Open.PERHAPS, action);
    }

    /** Runs something that happens on a condition. */
    void under(Guard guard, Runnable action) {
        Frame frame = frame();
        Guard around = frame.branch;
        frame.branch = around.and(guard);
        try {
            action.run();
        } finally {
            frame.branch = around;
        }
    }

    /** A container was changed in place: every name and container that holds it holds what it became. */
    void replace(Symbol before, Symbol after, SourceRange place) {
        Frame current = frame();
        boolean perhaps = current.perhaps();
        for (Frame frame : frames) {
            boolean known = frame == current || !perhaps;
            Frame at = frame;
            while (at != null) {
                replace(at.scope, before, known ? after : unknown(place, new UnknownValue(Value.CHANGED_IN_PLACE)),
                        place);
                at = at.closure;
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // that very container, not one like it
    private void replace(Scope scope, Symbol before, Symbol after, SourceRange place) {
        Map<String, Binding> all = scope.all();
        steps(1 + all.size() / ELEMENTS_OF_STEP);
        for (Map.Entry<String, Binding> entry : List.copyOf(all.entrySet())) {
            if (!Replacement.mayHold(entry.getValue().symbol(), before)) {
                continue;
            }
            step();
            Symbol changed = Replacement.of(entry.getValue().symbol(), before, after);
            if (changed != entry.getValue().symbol()) {
                scope.bind(entry.getKey(), new Binding(bounded(changed, place), entry.getValue().place()));
            }
        }
    }
}
