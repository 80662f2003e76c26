package dev.migrationledger.ledger.view;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which events count for a look into the past.
 *
 * @param at what had happened by then, as it is known now; absent: everything
 * @param knownAt what the ledger had recorded by then; absent: everything
 */
public record Moment(@Nullable Instant at, @Nullable Instant knownAt) {

    public static final Moment NOW = new Moment(null, null);

    boolean includes(RecordedEvent event) {
        return (at == null || !event.occurredAt().at().isAfter(at))
                && (knownAt == null || !event.recordedAt().isAfter(knownAt));
    }
}
