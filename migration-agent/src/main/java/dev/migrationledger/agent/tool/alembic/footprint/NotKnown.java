package dev.migrationledger.agent.tool.alembic.footprint;

/** What an operation is told cannot be known. */
final class NotKnown extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param reason a clause without a full stop */
    NotKnown(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
