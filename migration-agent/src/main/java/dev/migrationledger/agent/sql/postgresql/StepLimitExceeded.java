package dev.migrationledger.agent.sql.postgresql;

import dev.migrationledger.contracts.unread.SqlReason.Statement;
import dev.migrationledger.contracts.unread.SqlReason.UnknownStatement;
import dev.migrationledger.contracts.unread.UnreadReason;

/** Reading SQL took more steps than anything that people write. */
public final class StepLimitExceeded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean ofScript;

    StepLimitExceeded(boolean ofScript) {
        super(null, null, false, false);
        this.ofScript = ofScript;
    }

    /** Whether nothing more of the script can be read; else only the one text that was handed over is given up. */
    public boolean isOfScript() {
        return ofScript;
    }

    public UnreadReason reason() {
        return new UnknownStatement(ofScript ? Statement.TOO_MANY_STEPS_OF_SCRIPT : Statement.TOO_MANY_STEPS);
    }
}
