package dev.migrationledger.ledger.environment;

import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.identity.PipelineRun;
import dev.migrationledger.ledger.recording.stream.Command;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Record what one agent observed.
 *
 * @param events at least one; all of the same project, environment, agent and epoch, in sequence without holes
 * @param now the ledger's clock
 * @param decisionId the id of the {@code EnvironmentRegistered} event, should this be the environment's first batch, or of the
 *     {@code EnvironmentRevived} event, should it be retired
 * @param sentAt the agent's clock when it sent them; absent where it does not say
 * @param proof of the pipeline that sent them; absent: no issuer proved anything
 */
public record RecordEvents(
        List<AgentEnvelope> events, Instant now, UUID decisionId, @Nullable Instant sentAt,
        @Nullable Proof proof)
        implements
            Command {

    public RecordEvents(List<AgentEnvelope> events, Instant now, UUID decisionId) {
        this(events, now, decisionId, null, null);
    }

    /**
     * What an issuer proved of the pipeline that sent events.
     *
     * @param eventIds of {@code RunProved}, one for each run that starts in the events
     */
    public record Proof(PipelineRun pipeline, List<UUID> eventIds) {
        public Proof {
            eventIds = List.copyOf(eventIds);
        }
    }

    public RecordEvents {
        events = List.copyOf(events);
    }

    AgentEnvelope first() {
        return events.getFirst();
    }

    @Override
    public StreamId stream() {
        return new StreamId.Environment(first().project(), first().environment());
    }
}
