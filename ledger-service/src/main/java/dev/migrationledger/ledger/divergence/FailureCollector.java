package dev.migrationledger.ledger.divergence;

import dev.migrationledger.ledger.platform.OutOfMemory;
import org.jspecify.annotations.Nullable;

/** Several things of which each is done whatever became of the others, by one thread or several. */
final class FailureCollector {

    private @Nullable Throwable failure;

    /** Also what a rule's recursion or a missing class does to one environment is no reason not to evaluate the next. */
    void at(Runnable one) {
        try {
            one.run();
        } catch (RuntimeException | Error e) {
            OutOfMemory.check(e);
            failed(e);
        }
    }

    private synchronized void failed(Throwable e) {
        if (failure == null) {
            failure = e;
        } else if (!failure.equals(e)) {
            failure.addSuppressed(e);
        }
    }

    /** @throws RuntimeException or an Error: the first failure, if there was one */
    synchronized void end() {
        switch (failure) {
            case null -> {
            }
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(failure);
        }
    }
}
