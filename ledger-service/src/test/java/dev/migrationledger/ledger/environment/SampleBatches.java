package dev.migrationledger.ledger.environment;

import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.AgentEvent.AgentStarted;
import dev.migrationledger.contracts.event.AgentEvent.HeadDetected;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;

/** Batches for tests, of agent {@code watcher} unless they say otherwise. */
public final class SampleBatches {

    public static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    public static final UUID EPOCH = new UUID(0, 1);

    private SampleBatches() {}

    /** The event with this sequence: the agent's start first, then the heads it saw. */
    public static AgentEnvelope event(String project, String environment, long sequence) {
        AgentEvent event = sequence == 1
                ? new AgentStarted("0.1.0", "alembic", "watch", Map.of("tier", "prod"))
                : new HeadDetected(List.of("r" + sequence), List.of("r" + sequence));
        return event(project, environment, sequence, event);
    }

    public static AgentEnvelope event(String project, String environment, long sequence, AgentEvent event) {
        return new AgentEnvelope(
                new UUID(7, sequence),
                project,
                environment,
                "watcher",
                EPOCH,
                sequence,
                Occurrence.noLaterThan(NOON),
                NOON,
                event);
    }

    public static List<AgentEnvelope> events(String project, String environment, long first, long last) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(sequence -> event(project, environment, sequence))
                .toList();
    }

    public static RecordEvents command(List<AgentEnvelope> events) {
        return new RecordEvents(events, NOON, new UUID(9, 9));
    }
}
