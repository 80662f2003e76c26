package dev.migrationledger.ledger.recording;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.Event;
import dev.migrationledger.ledger.recording.store.EventHeader;
import dev.migrationledger.ledger.recording.stream.Command;
import dev.migrationledger.ledger.recording.stream.Decider;
import dev.migrationledger.ledger.recording.stream.Decision;
import dev.migrationledger.ledger.recording.stream.StreamId;
import dev.migrationledger.ledger.recording.stream.StreamState;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.jspecify.annotations.Nullable;

/** Axon's shell around a {@link StreamState} and its {@link Decider}s. */
@AggregateRoot(type = "stream")
final class StreamAggregate<S> {

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it
    private @Nullable String key;

    private final StreamState<S> definition;
    private S state;

    StreamAggregate(StreamState<S> definition) {
        this.definition = definition;
        this.state = definition.initial();
    }

    /** As it was when its state was stored. */
    StreamAggregate(StreamState<S> definition, String key, S state) {
        this.definition = definition;
        this.key = key;
        this.state = state;
    }

    S state() {
        return state;
    }

    int weight() {
        return definition.weight(state);
    }

    <C extends Command, R> Decision<R> decide(Decider<C, S, R> decider, C command) {
        Decision<R> decision = decider.decide(state, command);
        for (RecordedEvent event : decision.events()) {
            if (!StreamId.of(event).equals(command.stream())) {
                throw new IllegalStateException("A command about %s decided an event of %s."
                        .formatted(command.stream(), StreamId.of(event)));
            }
            AggregateLifecycle.apply(event.event(), EventHeader.metaData(event));
        }
        return decision;
    }

    @EventSourcingHandler
    void on(Event event, MetaData metaData) {
        RecordedEvent recorded = EventHeader.recorded(event, metaData);
        key = StreamId.of(recorded).key();
        state = definition.evolve(state, recorded);
    }
}
