package dev.migrationledger.ledger.dashboard.environment;

import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.ledger.page.PageTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When something happened, with how well that is known.
 *
 * @param before stands before the time; empty where that is exact
 * @param from the earliest that it can have been; absent: only one time is known
 */
record When(String before, @Nullable PageTime from, PageTime at) {

    static When of(Occurrence occurrence, Instant now) {
        PageTime at = PageTime.of(occurrence.at(), now);
        Instant earliest = occurrence.notBefore();
        return switch (occurrence.precision()) {
            case EXACT -> new When("", null, at);
            case BETWEEN -> earliest == null || earliest.equals(occurrence.at())
                    ? new When("", null, at)
                    : new When("between", PageTime.of(earliest, now), at);
            case NO_LATER_THAN -> new When("at the latest", null, at);
        };
    }

    static When exactly(Instant at, Instant now) {
        return new When("", null, PageTime.of(at, now));
    }
}
