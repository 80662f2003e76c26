package dev.migrationledger.agent.send;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait after failures in a row: twice as long each time, from 1 s to 60 s, and never all agents at once. */
public final class Backoff {

    private static final long FIRST_MILLIS = 1_000;
    private static final int DOUBLINGS = 6;
    private static final long LONGEST_MILLIS = 60_000;

    private final RandomGenerator random;
    private int failures;

    public Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** One more failure: wait this long. Between half of the step and all of it. */
    public Duration next() {
        long step = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(failures, DOUBLINGS));
        failures++;
        return Duration.ofMillis(step / 2 + random.nextLong(step / 2 + 1));
    }

    public void reset() {
        failures = 0;
    }
}
