package dev.migrationledger.agent.tool.alembic.python.symbolic;

/** Following took more steps than anything that people write. */
final class Spent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Spent() {
        super("it takes too many steps to follow", null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
