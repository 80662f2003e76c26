package dev.migrationledger.ledger.compare;

import dev.migrationledger.ledger.view.Moment;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An environment at a moment. */
public record ComparedSide(String environment, Moment moment) {

    /** As things were then, as far as the ledger knew by another moment. Absent: now. */
    public static ComparedSide of(String environment, @Nullable Instant at, @Nullable Instant knownAt) {
        return new ComparedSide(environment, new Moment(at, knownAt));
    }
}
