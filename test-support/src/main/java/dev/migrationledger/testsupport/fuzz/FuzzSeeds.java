package dev.migrationledger.testsupport.fuzz;

import java.util.stream.LongStream;

/**
 * Which seeds a fuzzer takes. {@code -Dfuzz.seed=S} replays one, {@code -Dfuzz.number=N} takes the first N, and otherwise {@code sweeps} says how many
 * percent of its own number it takes.
 */
public final class FuzzSeeds {

    private FuzzSeeds() {}

    /**
     * The seeds to take now.
     *
     * @param whole how many seeds a whole sweep has
     */
    public static LongStream of(int whole) {
        Long one = Long.getLong("fuzz.seed");
        return one != null
                ? LongStream.of(one)
                : LongStream.range(0,
                        Integer.getInteger("fuzz.number", whole * Integer.getInteger("sweeps", 100) / 100));
    }
}
