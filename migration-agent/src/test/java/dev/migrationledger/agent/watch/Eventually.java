package dev.migrationledger.agent.watch;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for what another process does, however long that takes on a busy machine. */
public final class Eventually {

    private static final Duration LONGEST = Duration.ofSeconds(90);

    private Eventually() {}

    public static void holds(String what, Callable<Boolean> condition) throws Exception {
        holds(what, LONGEST, condition);
    }

    public static void holds(String what, Duration longest, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + longest.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not so after all this time: " + what);
            }
            Thread.sleep(50);
        }
    }
}
