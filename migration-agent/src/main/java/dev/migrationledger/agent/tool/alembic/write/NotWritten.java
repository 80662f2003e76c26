package dev.migrationledger.agent.tool.alembic.write;

/** Why a file cannot be worked out: a whole sentence. */
public final class NotWritten extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    /** With a whole sentence. */
    public NotWritten(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }
}
