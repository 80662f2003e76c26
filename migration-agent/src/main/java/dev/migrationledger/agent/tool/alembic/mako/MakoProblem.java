package dev.migrationledger.agent.tool.alembic.mako;

/** A template uses what is not evaluated here, or fails in Mako as well. */
public final class MakoProblem extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final String reason;

    MakoProblem(int line, String reason) {
        super(reason, null, false, false);
        this.line = line;
        this.reason = reason;
    }

    static MakoProblem uses(int line, String what) {
        return new MakoProblem(line, "uses '%s'".formatted(what));
    }

    /** Of the template, from 1. */
    public int line() {
        return line;
    }

    /** What the line does, to follow "line 3 of script.py.mako": {@code uses 'os.environ'}. */
    public String reason() {
        return reason;
    }
}
