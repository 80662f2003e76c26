package dev.migrationledger.testsupport.time;

import java.util.Arrays;

/** How long many actions took. For several threads at a time. */
public final class Latencies {

    private long[] nanos = new long[1024];
    private int count;

    /**
     * Counts one action.
     *
     * @param taken in nanoseconds
     */
    public synchronized void add(long taken) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = taken;
    }

    public synchronized int count() {
        return count;
    }

    /** In milliseconds. */
    public double median() {
        return millis(0.5);
    }

    /**
     * In milliseconds.
     *
     * @param share of the actions that took no longer: 0.5 gives the median, 1 the longest
     */
    public synchronized double millis(double share) {
        if (count == 0) {
            throw new IllegalStateException("nothing was measured");
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(share * count) - 1)] / 1e6;
    }
}
