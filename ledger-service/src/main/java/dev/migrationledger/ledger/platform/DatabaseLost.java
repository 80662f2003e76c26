package dev.migrationledger.ledger.platform;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/**
 * A database that answered at first and is lost before the ledger has started. The ledger then starts from the beginning: its own
 * PostgreSQL starts with it, and another one may be back. One that does not answer at first is a {@link StartupFailure}.
 */
public final class DatabaseLost implements FailureAnalyzer {

    private static final int MOST_STARTS = 6;

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Starts, and again when the database is lost meanwhile; six times at most. */
    public static <T> T startAgain(Supplier<T> start) throws InterruptedException {
        for (int starts = 1;; starts++) {
            try {
                return start.get();
            } catch (RuntimeException e) {
                if (starts == MOST_STARTS || in(e).isEmpty()) {
                    throw e;
                }
            }
            Thread.sleep(PAUSE);
        }
    }

    /** SQLSTATE class 08 is a lost connection; 57P is a session that was ended or a server that is not ready. */
    public static Optional<SQLException> in(Throwable failure) {
        return Stream.iterate(failure, it -> it != null, Throwable::getCause)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .filter(e -> e.getSQLState() != null
                        && (e.getSQLState().startsWith("08") || e.getSQLState().startsWith("57P")))
                .findFirst();
    }

    /** A sentence in the place of a stack trace. */
    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        return in(failure)
                .map(e -> new FailureAnalysis(
                        "The ledger lost its database connection while it started: " + e.getMessage(),
                        "The ledger retries. If it still stops, make sure that the database keeps running.", failure))
                .orElse(null);
    }
}
