package dev.migrationledger.agent.sql.postgresql;

/** Reading SQL took more steps than anything that people write. */
public final class StepLimitExceeded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean ofScript;

    StepLimitExceeded(boolean ofScript) {
        super(
                ofScript
                        ? "the SQL of the script takes too many steps to read"
                        : "the statement takes too many steps to read",
                null, false, false);
        this.ofScript = ofScript;
    }

    /** Whether nothing more of the script can be read; else only the one text that was handed over is given up. */
    public boolean isOfScript() {
        return ofScript;
    }

    /** A clause without a full stop. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
