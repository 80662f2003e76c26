package dev.migrationledger.ledger.environment;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.ledger.environment.Recording.Recorded;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * Axon's shell around {@link Decisions} and {@link EnvironmentState}. Its fields are the snapshot: whoever changes the
 * state's shape raises the revision, and older snapshots are passed over.
 */
@Revision("4")
@JsonAutoDetect(fieldVisibility = Visibility.ANY)
final class EnvironmentAggregate {

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it
    private @Nullable String stream;

    private EnvironmentState state = EnvironmentState.UNHEARD_OF;

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Recording handle(RecordEvents command) {
        Recording recording = Decisions.record(state, command);
        if (recording instanceof Recorded recorded) {
            recorded.events().forEach(AggregateLifecycle::apply);
        }
        return recording;
    }

    @CommandHandler
    List<RecordedEvent> handle(RecordDivergences command) {
        List<RecordedEvent> events = Decisions.judge(state, command);
        events.forEach(AggregateLifecycle::apply);
        return events;
    }

    @CommandHandler
    List<RecordedEvent> handle(RetireEnvironment command) {
        List<RecordedEvent> events = Decisions.retire(state, command);
        events.forEach(AggregateLifecycle::apply);
        return events;
    }

    /** The current state; later events do not change the copy. */
    EnvironmentAggregate copy() {
        EnvironmentAggregate copy = new EnvironmentAggregate();
        copy.stream = stream;
        copy.state = state;
        return copy;
    }

    /** Estimated bytes of memory. */
    int weight() {
        return state.weight();
    }

    @EventSourcingHandler
    void on(RecordedEvent event) {
        stream = EventLog.stream(event);
        state = EnvironmentState.evolve(state, event);
    }
}
