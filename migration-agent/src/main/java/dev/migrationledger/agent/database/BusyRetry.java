package dev.migrationledger.agent.database;

import dev.migrationledger.agent.database.ObservationException.Kind;

/** Reads a database again while a migration holds a lock that the read needs: the migration gets some chances to finish. */
public final class BusyRetry {

    private static final int ATTEMPTS = 5;
    private static final long BETWEEN_ATTEMPTS_MILLIS = 400;

    private BusyRetry() {}

    /** One read. */
    public interface Attempt<T> {
        T run() throws ObservationException;
    }

    /**
     * The result of the first attempt that succeeds.
     *
     * @throws ObservationException of the last attempt, or of the first one that fails for another reason than a busy server
     */
    public static <T> T of(Attempt<T> attempt) throws ObservationException, InterruptedException {
        for (int count = 1;; count++) {
            try {
                return attempt.run();
            } catch (ObservationException e) {
                if (e.kind() != Kind.BUSY || count == ATTEMPTS) {
                    throw e;
                }
                Thread.sleep(BETWEEN_ATTEMPTS_MILLIS);
            }
        }
    }
}
