package dev.migrationledger.agent.python.syntax;

/** Python could read this source; here it is too large to be read on. */
public final class SizeLimitExceeded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SizeLimitExceeded(int line) {
        super("it is too large to be read from line " + line + " on", null, false, false);
    }

    /** A clause without a full stop. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
