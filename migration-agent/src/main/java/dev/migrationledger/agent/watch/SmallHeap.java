package dev.migrationledger.agent.watch;

/**
 * Keeps a process small that starts once and then does little. The JVM begins with a heap for a server, a part of all memory
 * there is, and fills it before it collects; the first scan and the first batch would leave far more garbage in it than all
 * rounds of a day. So it is told to collect: before the first round, which makes the heap as small as what is in it, after
 * that round, and ever more rarely. Each collection costs some ten milliseconds.
 */
final class SmallHeap {

    private long rounds;
    private long next = 1;

    /** Before the first round. */
    SmallHeap() {
        System.gc();
    }

    void afterRound() {
        rounds++;
        if (rounds == next) {
            next *= 4;
            System.gc();
        }
    }
}
