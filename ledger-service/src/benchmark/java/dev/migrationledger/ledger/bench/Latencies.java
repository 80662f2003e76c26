package dev.migrationledger.ledger.bench;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** How long requests took, in milliseconds. */
final class Latencies {

    private double[] sorted = {};

    void add(double... millis) {
        sorted = DoubleStream.concat(Arrays.stream(sorted), Arrays.stream(millis)).sorted().toArray();
    }

    int count() {
        return sorted.length;
    }

    double median() {
        return at(0.5);
    }

    /** What so large a share of them did not exceed. */
    double at(double share) {
        return sorted[(int) (share * (sorted.length - 1))];
    }
}
