package dev.migrationledger.testsupport.time;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/** Waits for what another process does, however long that takes on a busy machine. */
public final class Eventually {

    private static final Duration LONGEST = Duration.ofSeconds(90);

    private Eventually() {}

    public static void holds(String what, Callable<Boolean> condition) throws Exception {
        holds(what, LONGEST, condition);
    }

    public static void holds(String what, Duration longest, Callable<Boolean> condition) throws Exception {
        becomes(what, longest, condition, held -> held);
    }

    /** Asks until the answer is as expected, and returns it; the last answer is in the failure. */
    public static <T> T becomes(String what, Callable<T> ask, Predicate<T> expected) throws Exception {
        return becomes(what, LONGEST, ask, expected);
    }

    private static <T> T becomes(String what, Duration longest, Callable<T> ask, Predicate<T> expected)
            throws Exception {
        long end = System.nanoTime() + longest.toNanos();
        T answer = ask.call();
        while (!expected.test(answer)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not so after %d s: %s; the last answer is %s"
                        .formatted(longest.toSeconds(), what, answer));
            }
            Thread.sleep(50);
            answer = ask.call();
        }
        return answer;
    }
}
