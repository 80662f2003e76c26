package dev.migrationledger.ledger.platform;

/** The ledger cannot start, and a person can do something about it. No stack trace is shown for it. */
public final class StartupFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    /**
     * @param problem what is wrong with the actual value, in a sentence
     * @param remedy what to do next, in a sentence
     */
    public StartupFailure(String problem, String remedy) {
        super(problem);
        this.remedy = remedy;
    }

    public String remedy() {
        return remedy;
    }
}
