package dev.migrationledger.agent.watch;

/**
 * Keeps a process small that starts once and then does little. Loading classes, the first scan and the first batch leave far
 * more garbage than all rounds of a day, and the JVM would keep that memory, because it has no reason to collect. So it is
 * told to, after the first round and ever more rarely: each collection costs some ten milliseconds.
 */
final class Footprint {

    private long rounds;
    private long next = 1;

    void afterRound() {
        rounds++;
        if (rounds == next) {
            next *= 4;
            System.gc();
        }
    }
}
