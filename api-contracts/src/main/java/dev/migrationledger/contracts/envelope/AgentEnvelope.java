package dev.migrationledger.contracts.envelope;

import dev.migrationledger.contracts.event.AgentEvent;
import java.time.Instant;
import java.util.UUID;

/**
 * One event of one agent about one environment, as it travels to the ledger. (agent, epoch, sequence) tells it from every
 * other: the same three are the same event, however often it arrives. What is not a {@link PlainNames name} is refused with
 * {@link InvalidName}, a sequence below 1 with an {@link InvalidField}.
 *
 * @param eventId UUID version 7
 * @param agent the agent's own id
 * @param epoch new with each new spool; sequences of different epochs have nothing to do with each other
 * @param sequence 1, 2, 3 … within the epoch, without holes
 * @param occurredAt when it happened, with how well that is known
 * @param observedAt the agent's clock when it saw it
 */
public record AgentEnvelope(
        UUID eventId,
        String project,
        String environment,
        String agent,
        UUID epoch,
        long sequence,
        Occurrence occurredAt,
        Instant observedAt,
        AgentEvent event) {

    public AgentEnvelope {
        PlainNames.check("project", project);
        PlainNames.check("environment", environment);
        PlainNames.check("agent", agent);
        if (sequence < 1) {
            throw new InvalidField("sequence", "sequence is " + sequence + "; sequences start at 1");
        }
    }
}
