package dev.migrationledger.ledger.recording.view;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.Event;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one family of events about all projects adds up to: a single state, small enough to be read whole.
 *
 * @param <E> the family
 */
public abstract class OrganisationView<E extends Event, S> implements View<StreamId.Organisation, S> {

    private final Class<E> family;
    private final S nothing;

    /** @param nothing the state before the first event */
    protected OrganisationView(Class<E> family, S nothing) {
        this.family = family;
        this.nothing = nothing;
    }

    /** What is stored. */
    public abstract S now();

    /** The state after one more event. Pure. */
    protected abstract S evolve(S state, E event, Instant recordedAt);

    @Override
    public final Optional<StreamId.Organisation> target(RecordedEvent event) {
        return family.isInstance(event.event()) ? Optional.of(new StreamId.Organisation()) : Optional.empty();
    }

    @Override
    public final S initial(StreamId.Organisation target) {
        return nothing;
    }

    @Override
    public final S load(StreamId.Organisation target, List<RecordedEvent> events) {
        return now();
    }

    @Override
    public final S evolve(S before, Batch batch) {
        S state = before;
        for (RecordedEvent event : batch.events()) {
            if (family.isInstance(event.event())) {
                state = evolve(state, family.cast(event.event()), event.recordedAt());
            }
        }
        return state;
    }
}
