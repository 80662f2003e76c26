package dev.migrationledger.agent.watch;

/** Keeps a process small that starts once and then does little. */
final class Footprint {

    private Footprint() {}

    /**
     * Gives back what only the start needed: class loading and the first scan leave far more garbage than all rounds of a day,
     * and the JVM would keep that memory, because it has no reason to collect.
     */
    static void settle() {
        System.gc();
    }
}
