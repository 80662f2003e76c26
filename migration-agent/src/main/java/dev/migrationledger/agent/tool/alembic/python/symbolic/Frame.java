package dev.migrationledger.agent.tool.alembic.python.symbolic;

import dev.migrationledger.agent.tool.alembic.python.syntax.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One run of a module, class body or function: its names, and how sure it is that it came to where it is. */
final class Frame implements Symbol.Home {
    final Followed module;

    /** Where the function was defined; absent for a module. */
    final @Nullable Frame closure;

    /** Where the followed file calls what leads here; absent in that file itself. */
    final @Nullable Place calledAt;

    /** Functions within a class do not see what the class binds. */
    final boolean ofClass;

    /** Whether nobody knows if it runs at all. */
    final boolean calledPerhaps;

    Scope scope = new Scope(null);

    /** Branches around of which nobody knows whether they are taken. */
    int branches;

    /** Whether a branch that nobody knows to be taken or not has left the function. */
    boolean mayHaveReturned;

    /** Whether one has raised an exception that a handler around waits for. */
    boolean mayHaveRaised;

    int tries;
    @Nullable
    Loop loop;
    final List<Symbol> returned = new ArrayList<>();
    final List<Symbol> yielded = new ArrayList<>();
    final Set<String> global = new HashSet<>();

    private Frame(
            Followed module,
            @Nullable Frame closure,
            @Nullable Place calledAt,
            boolean ofClass,
            boolean calledPerhaps) {
        this.module = module;
        this.closure = closure;
        this.calledAt = calledAt;
        this.ofClass = ofClass;
        this.calledPerhaps = calledPerhaps;
    }

    static Frame ofModule(Followed module) {
        return new Frame(module, null, null, false, false);
    }

    static Frame ofFunction(Frame home, @Nullable Place calledAt, boolean calledPerhaps) {
        return new Frame(home.module, home, calledAt, false, calledPerhaps);
    }

    static Frame ofClass(Frame home, @Nullable Place calledAt) {
        return new Frame(home.module, home, calledAt, true, true);
    }

    /** A loop that is being run. */
    static final class Loop {
        boolean mayHaveBroken;
        boolean mayHaveContinued;

        /** Bound in a branch that went to the loop's end: it may hold there or not. */
        final Set<String> tainted = new HashSet<>();
    }

    boolean isModule() {
        return closure == null;
    }

    /** Whether nobody knows if what happens now happens. */
    boolean perhaps() {
        return calledPerhaps || branches > 0 || mayHaveReturned || mayHaveRaised
                || (loop != null && (loop.mayHaveBroken || loop.mayHaveContinued));
    }

    @Nullable
    Bound find(String name) {
        Frame frame = this;
        while (frame != null) {
            Bound bound = frame == this || !frame.ofClass ? frame.scope.find(name) : null;
            if (bound != null) {
                return bound;
            }
            frame = frame.closure;
        }
        return null;
    }

    /** Where the followed file does what happens at a place: that place, or the call that leads to it. */
    Place inFollowed(Place place) {
        return calledAt == null ? place : calledAt;
    }
}
