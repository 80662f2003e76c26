package dev.migrationledger.ledger.environment;

/** Too many want to record about one environment at once. Nothing was recorded; the same command may succeed later. */
public final class EnvironmentBusy extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EnvironmentBusy(String stream, int waiting) {
        super("%d requests about %s are in the works already".formatted(waiting, stream), null, false, false);
    }
}
