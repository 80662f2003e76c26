package dev.migrationledger.ledger.recording.store;

import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.envelope.RecordedEvent.Origin;
import dev.migrationledger.contracts.event.Event;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

/** All of a {@link RecordedEvent} but the event itself: that is a message's payload, and this its metadata. */
public record EventHeader(
        UUID eventId,
        @Nullable String project,
        @Nullable String environment,
        @Nullable Origin origin,
        Occurrence occurredAt,
        Instant recordedAt) {

    private static final String KEY = "header";

    /** Of an event that is to be recorded. */
    public static MetaData metaData(RecordedEvent event) {
        return new EventHeader(event.eventId(), event.project(), event.environment(), event.origin(),
                event.occurredAt(),
                event.recordedAt()).metaData();
    }

    MetaData metaData() {
        return MetaData.with(KEY, this);
    }

    /** @throws IllegalStateException if the metadata is not that of an event that was recorded here */
    static EventHeader of(MetaData metaData) {
        if (metaData.get(KEY) instanceof EventHeader header) {
            return header;
        }
        throw new IllegalStateException("The metadata of a recorded event has no header: " + metaData.keySet());
    }

    /** The event of a message with this metadata. */
    public static RecordedEvent recorded(Event event, MetaData metaData) {
        EventHeader header = of(metaData);
        return new RecordedEvent(header.eventId, header.project, header.environment, header.origin, header.occurredAt,
                header.recordedAt, event);
    }

    /** The recorded events among messages. */
    public static List<RecordedEvent> recorded(List<? extends EventMessage<?>> messages) {
        return messages.stream()
                .filter(message -> message.getPayload() instanceof Event)
                .map(EventHeader::recorded)
                .toList();
    }

    static RecordedEvent recorded(EventMessage<?> message) {
        return recorded((Event) message.getPayload(), message.getMetaData());
    }
}
