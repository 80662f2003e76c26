package dev.migrationledger.agent.python.syntax;

import dev.migrationledger.contracts.unread.SyntaxError;

/** Python could not read this source either. */
public final class SyntaxProblem extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final transient SyntaxError error;

    public SyntaxProblem(int line, SyntaxError error) {
        super(null, null, false, false);
        this.line = line;
        this.error = error;
    }

    /** From 1. */
    public int line() {
        return line;
    }

    public SyntaxError error() {
        return error;
    }
}
