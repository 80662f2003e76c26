package dev.migrationledger.agent.tool.alembic.footprint;

import dev.migrationledger.contracts.footprint.Reach;
import dev.migrationledger.contracts.unread.UnreadReason;

/** What an operation is told cannot be known. */
final class UnknownEffect extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient UnreadReason reason;
    private final transient Reach reach;

    UnknownEffect(UnreadReason reason) {
        this(reason, Reach.ANYTHING);
    }

    /**
     * Bounded.
     *
     * @param reach what the operation can have changed
     */
    UnknownEffect(UnreadReason reason, Reach reach) {
        super(null, null, false, false);
        this.reason = reason;
        this.reach = reach;
    }

    Reach reach() {
        return reach;
    }

    UnreadReason reason() {
        return reason;
    }
}
