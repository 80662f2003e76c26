package dev.migrationledger.agent.python.symbolic;

import dev.migrationledger.contracts.unread.UnreadReason;
import dev.migrationledger.contracts.unread.ValueReason.UnknownValue;
import dev.migrationledger.contracts.unread.ValueReason.Value;

/** Following took more steps than anything that people write. A {@link CallListener} throws it where what it does itself took too many. */
public final class EvaluationLimitExceeded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient UnreadReason reason;

    EvaluationLimitExceeded() {
        this(new UnknownValue(Value.TOO_MANY_STEPS));
    }

    public EvaluationLimitExceeded(UnreadReason reason) {
        super(null, null, false, false);
        this.reason = reason;
    }

    public UnreadReason reason() {
        return reason;
    }
}
