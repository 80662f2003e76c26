package dev.migrationledger.agent.python.symbolic;

import dev.migrationledger.agent.python.syntax.SourceRange;
import dev.migrationledger.contracts.unread.UnreadReason;

/** Is told, in order, what happens when a function is followed. */
public interface CallListener {

    /**
     * Something outside of the project is called. Calls that are arguments of others come before them, and again within them.
     *
     * @param inFollowed where the followed file does so: the call's own place, or that of a call that leads to it
     * @param guard on which condition
     */
    void called(Symbol.Made call, SourceRange inFollowed, Guard guard);

    /** An autocommit block begins, or ends: what was done so far stays, and in the block each statement does. */
    default void autocommits(boolean begins) {
        // Only what is done is of interest to most.
    }

    /** Whether every statement is committed by itself, in whatever block it is. */
    default boolean commitsEachStatement() {
        return false;
    }

    /**
     * Something happens that cannot be followed, such as a loop over what a query returns.
     *
     * @param inFollowed where the followed file does so: that very place, or a call that leads to it
     */
    void unknown(SourceRange place, SourceRange inFollowed, String expression, UnreadReason reason);
}
