package dev.migrationledger.agent.tool.alembic.footprint;

import dev.migrationledger.contracts.footprint.Reach;

/** What an operation is told cannot be known. */
final class UnknownEffect extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Reach reach;

    /** @param reason a clause without a full stop */
    UnknownEffect(String reason) {
        this(reason, Reach.ANYTHING);
    }

    /**
     * Bounded.
     *
     * @param reason a clause without a full stop
     * @param reach what the operation can have changed
     */
    UnknownEffect(String reason, Reach reach) {
        super(reason, null, false, false);
        this.reach = reach;
    }

    Reach reach() {
        return reach;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
