package dev.migrationledger.ledger.environment;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.EventMessage;

/**
 * Hands newly appended events to the projections. Axon calls its subscribers with all events of a unit of work at once,
 * after they were appended and before the commit. An event processor in between would log a projection's failure and
 * carry on: the events would be there and the view would lack them.
 */
final class ProjectionFeed {

    private final List<Projection> projections;

    ProjectionFeed(List<Projection> projections) {
        this.projections = List.copyOf(projections);
    }

    void accept(List<? extends EventMessage<?>> appended) {
        Map<String, List<RecordedEvent>> perEnvironment = appended.stream()
                .map(EventMessage::getPayload)
                .filter(RecordedEvent.class::isInstance)
                .map(RecordedEvent.class::cast)
                .filter(event -> event.environment() != null)
                .collect(Collectors.groupingBy(EventLog::stream, LinkedHashMap::new, Collectors.toList()));
        for (List<RecordedEvent> events : perEnvironment.values()) {
            RecordedEvent first = events.getFirst();
            String environment = Objects.requireNonNull(first.environment());
            projections.forEach(projection -> projection.apply(first.project(), environment, events));
        }
    }
}
