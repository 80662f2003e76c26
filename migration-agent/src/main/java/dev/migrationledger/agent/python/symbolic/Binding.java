package dev.migrationledger.agent.python.symbolic;

import dev.migrationledger.agent.python.syntax.SourceRange;

/**
 * What a name stands for.
 *
 * @param place of the expression that it was bound to, or of the statement that bound it
 */
public record Binding(Symbol symbol, SourceRange place) {

    /** Where it was bound, from 1. */
    public int line() {
        return place.line();
    }
}
