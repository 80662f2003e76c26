package dev.migrationledger.agent.python.symbolic;

/** Following took more steps than anything that people write. A {@link CallListener} throws it where what it does itself took too many. */
public final class EvaluationLimitExceeded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EvaluationLimitExceeded() {
        this("it takes too many steps to follow");
    }

    /** @param reason a clause without a full stop */
    public EvaluationLimitExceeded(String reason) {
        super(reason, null, false, false);
    }

    /** A clause without a full stop. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
