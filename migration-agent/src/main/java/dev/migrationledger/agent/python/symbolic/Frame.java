package dev.migrationledger.agent.python.symbolic;

import dev.migrationledger.agent.python.syntax.SourceRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One run of a module, class body or function: its names, and how sure it is that it came to where it is. */
final class Frame implements Symbol.Home {
    final EvaluatedModule module;

    /** Where the function was defined; absent for a module. */
    final @Nullable Frame closure;

    /** Where the followed file calls what leads here; absent in that file itself. */
    final @Nullable SourceRange calledAt;

    /** Functions within a class do not see what the class binds. */
    final boolean ofClass;

    /** On which condition it runs at all. */
    final Guard called;

    Scope scope = new Scope(null);

    /** On which condition the branches around are taken. */
    Guard branch = Guard.All.ALWAYS;

    /** On which condition no branch has left the function. */
    Guard stayed = Guard.All.ALWAYS;

    /** Whether one has raised an exception that a handler around waits for. */
    boolean mayHaveRaised;

    int tries;

    /** The innermost {@code try} around whose handler goes on. */
    @Nullable
    Attempt attempt;

    /** Blocks around in which each statement is a transaction of its own. */
    int autocommits;

    @Nullable
    Loop loop;
    final List<Answers.Choice> returned = new ArrayList<>();
    final List<Symbol> yielded = new ArrayList<>();
    final Set<String> global = new HashSet<>();

    private Frame(
            EvaluatedModule module,
            @Nullable Frame closure,
            @Nullable SourceRange calledAt,
            boolean ofClass,
            Guard called) {
        this.module = module;
        this.closure = closure;
        this.calledAt = calledAt;
        this.ofClass = ofClass;
        this.called = called;
    }

    static Frame ofModule(EvaluatedModule module) {
        return new Frame(module, null, null, false, Guard.All.ALWAYS);
    }

    static Frame ofFunction(Frame home, @Nullable SourceRange calledAt, Guard called) {
        return new Frame(home.module, home, calledAt, false, called);
    }

    static Frame ofClass(Frame home, @Nullable SourceRange calledAt) {
        return new Frame(home.module, home, calledAt, true, Guard.Open.PERHAPS);
    }

    /** A {@code try} whose handler goes on. */
    static final class Attempt {
        private final @Nullable Attempt around;

        /** On which condition it is run. */
        private final Guard begun;

        /** Whether the transaction goes on after a statement was refused. */
        private boolean goesOn;

        /** On which condition no exception was caught so far after which the transaction goes on. */
        private Guard arrived = Guard.All.ALWAYS;

        /** What its queries need: they fail if that is missing. */
        private Guard found = Guard.All.ALWAYS;

        /** Whether the database is used. */
        boolean usesDatabase;

        Attempt(@Nullable Attempt around, Guard begun, boolean goesOn) {
            this.around = around;
            this.begun = begun;
            this.goesOn = goesOn;
        }

        /** On which condition nothing was caught. */
        Guard succeeds() {
            return arrived.and(found);
        }
    }

    private Stream<Attempt> attempts() {
        return Stream.iterate(attempt, Objects::nonNull, one -> one.around);
    }

    /** On which condition no handler has caught an exception before it came here. */
    Guard arrived() {
        return attempts().map(one -> one.goesOn ? one.succeeds() : one.arrived).reduce(Guard.All.ALWAYS, Guard::and);
    }

    /** An exception is raised here, unless this holds. */
    void mayRaise(Guard unless) {
        attempts().forEach(one -> one.arrived = one.arrived.and(unless));
    }

    /** The database may refuse what it is asked to do here. */
    void mayBeRefused() {
        attempts().filter(one -> one.goesOn).forEach(one -> one.arrived = one.arrived.and(Guard.Open.TRIED));
    }

    /** From here on the transaction goes on after a statement was refused. */
    void goesOn() {
        attempts().forEach(one -> one.goesOn = true);
    }

    /** A query fails here, unless this is there; only the innermost {@code try} catches that. */
    void finds(Guard guard, Guard reached) {
        attempts().limit(1)
                .forEach(one -> one.found = one.found.and(one.begun.equals(reached) ? guard : Guard.Open.TRIED));
    }

    /** The database is used here. */
    void usesDatabase() {
        attempts().forEach(one -> one.usesDatabase = true);
    }

    /** A loop that is being run. */
    static final class Loop {
        private final @Nullable Loop around;

        /** On which condition its body runs, if it goes through what the schema holds. */
        @Nullable
        Guard throughSchema;

        /** How branches ended it. */
        final List<Branches.Outcome> breaks = new ArrayList<>();

        /** On which condition no branch has ended the loop. */
        Guard stayed = Guard.All.ALWAYS;

        /** On which condition no branch has ended this round. */
        Guard round = Guard.All.ALWAYS;

        Loop(@Nullable Loop around) {
            this.around = around;
        }

        boolean mayHaveBroken() {
            return !stayed.isAlways();
        }

        /** Bound in a branch that went to the loop's end: it may hold there or not. */
        final Set<String> tainted = new HashSet<>();
    }

    boolean isModule() {
        return closure == null;
    }

    /** On which condition it comes to where it is. */
    Guard guard() {
        return called.and(within());
    }

    /** On which condition it comes to where it is, if it runs. */
    Guard within() {
        return here().and(stayed);
    }

    /** The same, if nothing has left the function. */
    private Guard here() {
        Guard here = branch.and(mayHaveRaised ? Guard.Open.PERHAPS : Guard.All.ALWAYS);
        for (Loop one = loop; one != null; one = one.around) {
            here = here.and(one.stayed).and(one.round);
        }
        return here;
    }

    /** A branch that is taken on a condition has left the function. */
    void leave(Guard guard) {
        stayed = stayed.and(here().and(guard).not());
    }

    /** A branch that is taken on a condition has ended the loop, or this round of it. */
    void leaveLoop(Loop one, Guard guard, boolean whole) {
        Guard not = here().and(guard).not();
        if (whole) {
            one.stayed = one.stayed.and(not);
        } else {
            one.round = one.round.and(not);
        }
    }

    /** Whether it happens in each round of a loop through what the schema holds. */
    boolean isInEachRound() {
        return loop != null && loop.throughSchema != null && branch.equals(loop.throughSchema)
                && loop.round.isAlways() && loop.stayed.isAlways();
    }

    /** Whether nobody knows if what happens now happens. */
    boolean perhaps() {
        return !guard().isAlways();
    }

    void returned(Symbol value) {
        Guard caught = attempts().map(Attempt::succeeds).reduce(Guard.All.ALWAYS, Guard::and);
        Guard tried = attempt == null || caught.isFound()
                ? caught
                : attempts().anyMatch(one -> one.usesDatabase) ? Guard.Open.TRIED : Guard.Open.PERHAPS;
        returned.add(new Answers.Choice(within().and(tried), value));
    }

    @Nullable
    Binding find(String name) {
        Frame frame = this;
        while (frame != null) {
            Binding bound = frame == this || !frame.ofClass ? frame.scope.find(name) : null;
            if (bound != null) {
                return bound;
            }
            frame = frame.closure;
        }
        return null;
    }

    /** Where the followed file does what happens at a place: that place, or the call that leads to it. */
    SourceRange inFollowed(SourceRange place) {
        return calledAt == null ? place : calledAt;
    }
}
