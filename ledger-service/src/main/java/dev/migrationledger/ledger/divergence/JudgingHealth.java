package dev.migrationledger.ledger.divergence;

import java.time.Duration;
import java.util.function.IntSupplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether environments are judged: by when a round last came to its end without a failure, by a clock that nobody sets. */
final class JudgingHealth implements HealthIndicator {

    /** Far longer than a round takes, and no longer than somebody should believe that nothing diverges. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final boolean enabled;
    private final IntSupplier due;
    private volatile long well;

    /** @param due how many environments are known better than they were judged */
    JudgingHealth(boolean enabled, IntSupplier due) {
        this.enabled = enabled;
        this.due = due;
        this.well = System.nanoTime();
    }

    /** @param nanoTime when a round ended well */
    void wellAt(long nanoTime) {
        well = nanoTime;
    }

    @Override
    public Health health() {
        return health(System.nanoTime());
    }

    Health health(long nanoTime) {
        Duration ago = Duration.ofNanos(nanoTime - well);
        Health.Builder health = !enabled || ago.compareTo(PATIENCE) <= 0 ? Health.up() : Health.down();
        return enabled
                ? health.withDetail("lastCompleteRound", ago.toSeconds() + " s ago")
                        .withDetail("due", due.getAsInt()).build()
                : health.withDetail("enabled", false).build();
    }
}
