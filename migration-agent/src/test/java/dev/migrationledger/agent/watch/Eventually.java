package dev.migrationledger.agent.watch;

import java.util.concurrent.Callable;

/** Waits for what another process does, however long that takes on a busy machine. */
final class Eventually {

    private static final long LONGEST_NANOS = 90_000_000_000L;

    private Eventually() {}

    static void holds(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + LONGEST_NANOS;
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not so after all this time: " + what);
            }
            Thread.sleep(50);
        }
    }
}
