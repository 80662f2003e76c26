package dev.migrationledger.agent.python.syntax;

/** Python could not read this source either. */
public final class SyntaxProblem extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;

    /** @param reason a clause without a full stop, such as {@code a string is not closed} */
    public SyntaxProblem(int line, String reason) {
        super(reason, null, false, false);
        this.line = line;
    }

    /** From 1. */
    public int line() {
        return line;
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
