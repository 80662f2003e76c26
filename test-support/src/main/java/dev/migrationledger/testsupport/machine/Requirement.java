package dev.migrationledger.testsupport.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What a test needs of its machine. Without it the test is skipped, but fails where {@code CI=true}: a skipped test proves nothing. */
public final class Requirement {

    private Requirement() {}

    /**
     * Skips the test, or fails it, where the requirement is not met.
     *
     * @param what is missing, and how to get it
     */
    public static void met(boolean met, String what) {
        notMissingInCi(met, what);
        assumeTrue(met, what);
    }

    /** For a test that has another way where it is missing. */
    public static void notMissingInCi(boolean met, String what) {
        assertThat(met || !"true".equals(System.getenv("CI"))).as("CI=true, but %s", what).isTrue();
    }
}
