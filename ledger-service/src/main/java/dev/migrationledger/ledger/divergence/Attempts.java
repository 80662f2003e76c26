package dev.migrationledger.ledger.divergence;

import org.jspecify.annotations.Nullable;

/** Several things of which each is done whatever became of the others. */
final class Attempts {

    private @Nullable RuntimeException failure;

    void at(Runnable one) {
        try {
            one.run();
        } catch (RuntimeException e) {
            if (failure == null) {
                failure = e;
            } else if (!failure.equals(e)) {
                failure.addSuppressed(e);
            }
        }
    }

    /** @throws RuntimeException the first failure, if there was one */
    void end() {
        if (failure != null) {
            throw failure;
        }
    }
}
