package dev.migrationledger.contracts.envelope;

import dev.migrationledger.contracts.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as the ledger keeps it, for good.
 *
 * @param project absent where the event concerns all projects
 * @param environment absent where the event concerns a whole project
 * @param origin the agent that sent it; absent for what the ledger itself decided
 * @param occurredAt when it happened
 * @param recordedAt the ledger's clock when it was recorded; earlier than that of the event before it in
 *     its environment only where that clock was set back
 */
public record RecordedEvent(
        UUID eventId,
        @Nullable String project,
        @Nullable String environment,
        @Nullable Origin origin,
        Occurrence occurredAt,
        Instant recordedAt,
        Event event) {

    /**
     * Which agent saw it, and where in its sequence.
     *
     * @param observedAt by the agent's clock
     * @param sentAt by the agent's clock; absent where it does not say
     */
    public record Origin(
            String agent,
            UUID epoch,
            long sequence,
            Instant observedAt,
            @Nullable Instant sentAt) {

        public Origin(String agent, UUID epoch, long sequence, Instant observedAt) {
            this(agent, epoch, sequence, observedAt, null);
        }

        /** How long ago it was seen when it was sent: by one clock, so that it does not matter how that is set. */
        public Duration age() {
            return sentAt == null || sentAt.isBefore(observedAt) ? Duration.ZERO : Duration.between(observedAt, sentAt);
        }
    }

    /**
     * What an agent sent, as it is recorded.
     *
     * @param sentAt the agent's clock when it sent the event; absent where it does not say
     */
    public static RecordedEvent of(AgentEnvelope envelope, Instant recordedAt, @Nullable Instant sentAt) {
        return new RecordedEvent(
                envelope.eventId(),
                envelope.project(),
                envelope.environment(),
                new Origin(envelope.agent(), envelope.epoch(), envelope.sequence(), envelope.observedAt(),
                        sentAt),
                envelope.occurredAt(),
                recordedAt,
                envelope.event());
    }
}
