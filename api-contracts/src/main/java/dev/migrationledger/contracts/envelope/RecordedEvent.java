package dev.migrationledger.contracts.envelope;

import dev.migrationledger.contracts.event.Event;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as the ledger keeps it, for good.
 *
 * @param environment absent where the event concerns a whole project
 * @param origin the agent that sent it; absent for what the ledger itself decided
 * @param occurredAt when it happened
 * @param recordedAt the ledger's clock when it was recorded; never earlier than that of the event before it in its environment
 */
public record RecordedEvent(
        UUID eventId,
        String project,
        @Nullable String environment,
        @Nullable Origin origin,
        Occurrence occurredAt,
        Instant recordedAt,
        Event event) {

    /** Which agent saw it, where in its sequence, and when by its clock. */
    public record Origin(String agent, UUID epoch, long sequence, Instant observedAt) {}

    public static RecordedEvent of(AgentEnvelope envelope, Instant recordedAt) {
        return new RecordedEvent(
                envelope.eventId(),
                envelope.project(),
                envelope.environment(),
                new Origin(envelope.agent(), envelope.epoch(), envelope.sequence(), envelope.observedAt()),
                envelope.occurredAt(),
                recordedAt,
                envelope.event());
    }
}
