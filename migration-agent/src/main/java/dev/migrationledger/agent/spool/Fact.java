package dev.migrationledger.agent.spool;

import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.event.AgentEvent;
import java.time.Instant;

/** An event before it has its place in the sequence. */
public record Fact(AgentEvent event, Occurrence occurredAt, Instant observedAt) {

    /** Something that is true now and of which nobody knows since when. */
    public static Fact noLaterThan(Instant observedAt, AgentEvent event) {
        return new Fact(event, Occurrence.noLaterThan(observedAt), observedAt);
    }

    /** Something that the agent itself did, or that its clock is the measure of. */
    public static Fact now(Instant observedAt, AgentEvent event) {
        return new Fact(event, Occurrence.exactly(observedAt), observedAt);
    }
}
