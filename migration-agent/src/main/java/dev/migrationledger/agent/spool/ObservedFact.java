package dev.migrationledger.agent.spool;

import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.event.AgentEvent;
import java.time.Instant;

/** An event before it has its place in the sequence. */
public record ObservedFact(AgentEvent event, Occurrence occurredAt, Instant observedAt) {

    /** Something that is true now and of which nobody knows since when. */
    public static ObservedFact noLaterThan(Instant observedAt, AgentEvent event) {
        return new ObservedFact(event, Occurrence.noLaterThan(observedAt), observedAt);
    }

    /** Something that the agent itself did, or that its clock is the measure of. */
    public static ObservedFact now(Instant observedAt, AgentEvent event) {
        return new ObservedFact(event, Occurrence.exactly(observedAt), observedAt);
    }
}
