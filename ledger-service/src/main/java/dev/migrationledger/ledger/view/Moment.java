package dev.migrationledger.ledger.view;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import java.time.Instant;
import java.util.stream.Stream;
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
        return at == null || !event.occurredAt().at().isAfter(at);
    }

    /**
     * How many of successive events the ledger had then: up to the last one that was recorded by then. One before it that seems to be
     * from later was recorded while the ledger's clock was ahead.
     */
    long known(Stream<RecordedEvent> events) {
        long[] read = {0};
        long[] known = {0};
        events.forEachOrdered(event -> {
            read[0]++;
            if (knownAt == null || !event.recordedAt().isAfter(knownAt)) {
                known[0] = read[0];
            }
        });
        return known[0];
    }
}
