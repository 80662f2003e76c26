package dev.migrationledger.ledger.divergence;

import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.diagnosis.Divergence.State;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.LedgerEvent.DivergenceChanged;
import dev.migrationledger.contracts.event.LedgerEvent.DivergenceDetected;
import dev.migrationledger.contracts.event.LedgerEvent.DivergenceEvent;
import dev.migrationledger.contracts.event.LedgerEvent.DivergenceResolved;
import dev.migrationledger.ledger.environment.FindingFacts;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an event makes of a divergence. Pure. */
final class DivergenceFold {

    private DivergenceFold() {}

    /** The divergence that an event is about; empty for every other event. */
    static Optional<UUID> concerns(RecordedEvent event) {
        return event.event() instanceof DivergenceEvent one ? Optional.of(one.divergence()) : Optional.empty();
    }

    /**
     * A divergence after one more event that concerns it.
     *
     * @param before absent before it was detected
     * @return null where there is nothing that the event could change
     */
    static @Nullable Divergence evolve(@Nullable Divergence before, RecordedEvent event) {
        if (!(event.event() instanceof DivergenceEvent about)) {
            return before;
        }
        Instant when = shortened(event.occurredAt().at());
        return switch (about) {
            case DivergenceDetected detected -> of(detected, event, when);
            case DivergenceChanged changed -> before == null ? null : with(before, changed.finding(), when);
            case DivergenceResolved resolved -> before == null
                    ? null
                    : new Divergence(
                            before.id(), before.project(), before.environment(), before.code(), before.subject(),
                            before.severity(), before.message(), before.evidence(), before.plan(), before.firstSeen(),
                            shortened(resolved.lastSeen()), when, State.RESOLVED, resolved.reason());
        };
    }

    private static Divergence of(DivergenceDetected detected, RecordedEvent event, Instant when) {
        Finding finding = detected.finding();
        return new Divergence(
                detected.divergence(), String.valueOf(event.project()), String.valueOf(event.environment()),
                finding.code(),
                finding.subject(), finding.severity(), finding.message(), finding.evidence(), finding.plan(), when,
                when,
                null, State.OPEN, null);
    }

    private static Divergence with(Divergence before, Finding finding, Instant when) {
        return new Divergence(
                before.id(), before.project(), before.environment(), before.code(), before.subject(),
                finding.severity(), finding.message(), finding.evidence(), finding.plan(), before.firstSeen(),
                when.isAfter(before.lastSeen()) ? when : before.lastSeen(), before.resolvedAt(), before.state(),
                before.resolution());
    }

    /** The same divergence in other words; as it is where the finding says something else. */
    static Divergence reworded(Divergence recorded, Finding finding) {
        Finding before = new Finding(recorded.code(), recorded.severity(), recorded.subject(), recorded.message(),
                recorded.evidence(), recorded.plan());
        return FindingFacts.of(before).equals(FindingFacts.of(finding))
                ? with(recorded, finding, recorded.lastSeen())
                : recorded;
    }

    /** The same divergence before it was resolved. */
    static Divergence unresolved(Divergence one) {
        return one.state() == State.OPEN
                ? one
                : new Divergence(one.id(), one.project(), one.environment(), one.code(), one.subject(), one.severity(),
                        one.message(), one.evidence(), one.plan(), one.firstSeen(), one.lastSeen(), null, State.OPEN,
                        null);
    }

    /** While it is open, a divergence was last seen when its environment was. */
    static Divergence asOf(Divergence divergence, @Nullable Instant observedAt) {
        if (divergence.state() == State.RESOLVED || observedAt == null
                || !observedAt.isAfter(divergence.lastSeen())) {
            return divergence;
        }
        return new Divergence(
                divergence.id(), divergence.project(), divergence.environment(), divergence.code(),
                divergence.subject(), divergence.severity(), divergence.message(), divergence.evidence(),
                divergence.plan(), divergence.firstSeen(), observedAt, null, State.OPEN, null);
    }

    /** PostgreSQL keeps no more, and what is filtered must be what is shown. */
    private static Instant shortened(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }
}
