package dev.migrationledger.agent.spool;

import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.event.AgentEvent.ObservationGap;
import dev.migrationledger.contracts.event.GapReason;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.contracts.wire.EventTruncation;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;

/** An envelope without the content of its event, which another version of the agent may have written. This version may be unable to read it. */
record EnvelopeHeader(
        String project, String environment, String agent, UUID epoch, long sequence, Occurrence occurredAt,
        Instant observedAt, EventType event) {

    private static final int LONGEST_REASON = 2_000;

    record EventType(String type) {}

    static EnvelopeHeader of(byte[] envelope) {
        return ContractJson.read(envelope, EnvelopeHeader.class);
    }

    /**
     * The same place in the sequence with an observation gap as its event.
     *
     * @param reason of the gap, made from the type of the event
     */
    AgentEnvelope withGap(UUID id, Function<String, GapReason> reason) {
        return new AgentEnvelope(id, project, environment, agent, epoch, sequence, occurredAt, observedAt,
                new ObservationGap(observedAt, observedAt, reason.apply(event.type)));
    }

    static String shortened(String text) {
        return EventTruncation.cut(text, LONGEST_REASON);
    }
}
