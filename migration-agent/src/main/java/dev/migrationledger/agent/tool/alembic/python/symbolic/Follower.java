package dev.migrationledger.agent.tool.alembic.python.symbolic;

import dev.migrationledger.agent.tool.alembic.python.syntax.Place;

/** Is told, in order, what happens when a function is followed. */
public interface Follower {

    /**
     * Something outside of the file is called. Calls that are arguments of others come before them, and again within them.
     *
     * @param conditional whether it depends on something that is not known: a condition, a loop of unknown length, a handler
     */
    void called(Symbol.Made call, boolean conditional);

    /** Something happens that cannot be followed, such as a loop over what a query returns. */
    void unknown(Place place, String expression, String reason);
}
