package dev.migrationledger.ledger.divergence;

import dev.migrationledger.contracts.diagnosis.Divergence.State;
import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.Event;
import dev.migrationledger.contracts.event.LedgerEvent.DivergenceChanged;
import dev.migrationledger.contracts.event.LedgerEvent.DivergenceDetected;
import dev.migrationledger.contracts.event.LedgerEvent.DivergenceResolved;
import dev.migrationledger.ledger.recording.store.TypedEvents;
import dev.migrationledger.ledger.recording.stream.StreamId;
import dev.migrationledger.ledger.view.EnvironmentView;
import dev.migrationledger.ledger.view.Moment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The divergences that were open at a moment, with what was recorded of them by then: folded from their events. */
public final class PastDivergences {

    static final List<Class<? extends Event>> EVENTS = List.of(DivergenceDetected.class, DivergenceChanged.class,
            DivergenceResolved.class);

    /** What was detected before these, and is in none of them, was not resolved before: it is taken from the stored view. */
    private static final int MOST = 2_000;

    private final DivergenceViews views;
    private final TypedEvents events;
    private final int most;

    PastDivergences(DivergenceViews views, TypedEvents events) {
        this(views, events, MOST);
    }

    /** @param most events that are read */
    PastDivergences(DivergenceViews views, TypedEvents events, int most) {
        this.views = views;
        this.events = events;
        this.most = most;
    }

    /**
     * Those of an environment.
     *
     * @param environment as it was at that moment
     */
    public List<Divergence> open(EnvironmentView environment, Moment moment) {
        List<String> name = List.of(environment.environment());
        if (moment.equals(Moment.NOW)) {
            return views.openIn(environment.project(), name, null);
        }
        List<RecordedEvent> read = events.latest(StreamId.of(environment.project(), environment.environment()), EVENTS,
                moment.at(), moment.knownAt(), most);
        Map<UUID, Divergence> divergences = new LinkedHashMap<>();
        if (read.size() == most) {
            views.openIn(environment.project(), name, read.getFirst().occurredAt().at())
                    .forEach(one -> divergences.put(one.id(), DivergenceFold.unresolved(one)));
        }
        for (RecordedEvent event : read) {
            DivergenceFold.concerns(event)
                    .ifPresent(id -> divergences.compute(id, (_, one) -> DivergenceFold.evolve(one, event)));
        }
        return divergences.values().stream()
                .filter(one -> one.state() == State.OPEN)
                .map(one -> DivergenceFold.asOf(one, environment.observedAt()))
                .toList();
    }
}
