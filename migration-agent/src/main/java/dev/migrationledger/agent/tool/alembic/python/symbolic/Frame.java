package dev.migrationledger.agent.tool.alembic.python.symbolic;

import dev.migrationledger.agent.tool.alembic.python.syntax.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One run of a module, class body or function: its names, and how sure it is that it came to where it is. */
final class Frame {
    final Followed module;

    /** Where the function was defined; absent for a module. */
    final @Nullable Frame closure;

    /** Stands for every place within, because those are of another file. */
    final @Nullable Place calledAt;

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

    Frame(Followed module, @Nullable Frame closure, @Nullable Place calledAt, boolean calledPerhaps) {
        this.module = module;
        this.closure = closure;
        this.calledAt = calledAt;
        this.calledPerhaps = calledPerhaps;
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
            Bound bound = frame.scope.find(name);
            if (bound != null) {
                return bound;
            }
            frame = frame.closure;
        }
        return null;
    }

    /** A place as it is reported. */
    Place reported(Place place) {
        return calledAt == null ? place : calledAt;
    }
}
