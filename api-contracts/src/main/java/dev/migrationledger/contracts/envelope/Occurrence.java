package dev.migrationledger.contracts.envelope;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When something happened, and how well that is known.
 *
 * @param at the best single answer: the moment itself, or the latest it can have been
 * @param notBefore the earliest it can have been, where {@code precision} is {@link Precision#BETWEEN}
 */
public record Occurrence(
        Instant at, Precision precision, @Nullable Instant notBefore) {

    public enum Precision {
        /** {@code at} is the moment. */
        EXACT,
        /** Between {@code notBefore} and {@code at}. */
        BETWEEN,
        /** No later than {@code at}; how much earlier is unknown. */
        NO_LATER_THAN
    }

    /** The earliest that it can have been; absent where that is not known. */
    public @Nullable Instant earliest() {
        return precision == Precision.EXACT ? at : notBefore;
    }

    public static Occurrence exactly(Instant at) {
        return new Occurrence(at, Precision.EXACT, null);
    }

    public static Occurrence between(Instant notBefore, Instant at) {
        return new Occurrence(at, Precision.BETWEEN, notBefore);
    }

    public static Occurrence noLaterThan(Instant at) {
        return new Occurrence(at, Precision.NO_LATER_THAN, null);
    }
}
