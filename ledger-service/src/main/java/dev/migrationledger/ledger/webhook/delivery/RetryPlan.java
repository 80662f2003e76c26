package dev.migrationledger.ledger.webhook.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** When a message is sent again. Pure. */
final class RetryPlan {

    /** After the first failure, the second, and so on; the last one counts for all that follow. */
    static final List<Duration> PAUSES = List.of(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(2),
            Duration.ofMinutes(10), Duration.ofMinutes(30), Duration.ofHours(1), Duration.ofHours(2),
            Duration.ofHours(4));

    /** A receiver that was away longer has lost more than messages. */
    static final Duration LONGEST = Duration.ofDays(3);

    /** A receiver may ask for so long a pause. */
    private static final Duration LONGEST_REQUESTED = Duration.ofHours(4);

    /** Messages that failed at once do not all come again at once. */
    private static final double JITTER = 0.2;

    private RetryPlan() {}

    /**
     * When to send again; empty: no more.
     *
     * @param attempts that failed, this one included
     * @param requested what the receiver asked for; zero: nothing
     */
    static Optional<Instant> next(
            int attempts, Instant first, Instant now, Duration requested, RandomGenerator random) {
        Duration usual = PAUSES.get(Math.min(attempts, PAUSES.size()) - 1);
        Duration pause = usual.plusMillis((long) (usual.toMillis() * JITTER * random.nextDouble()));
        if (requested.compareTo(pause) > 0) {
            pause = requested.compareTo(LONGEST_REQUESTED) < 0 ? requested : LONGEST_REQUESTED;
        }
        Instant end = first.plus(LONGEST);
        Instant next = now.plus(pause);
        // The last attempt is at the end, not before it.
        return !now.isBefore(end) ? Optional.empty() : Optional.of(next.isBefore(end) ? next : end);
    }
}
