package dev.migrationledger.contracts.envelope;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an agent sends at once: events of one agent, epoch and environment, in sequence without holes. The ledger records
 * all of them or none.
 *
 * @param sentAt the agent's clock when it sent this: how old its events are, and how far its clock is from the ledger's, is told by it.
 *     Absent: the events are taken for as old as their recording
 */
public record EventBatch(
        List<AgentEnvelope> events, @Nullable Instant sentAt) {

    public EventBatch(List<AgentEnvelope> events) {
        this(events, null);
    }

    /** The most events that one batch may hold. */
    public static final int MAX_EVENTS = 500;

    /** The most bytes that one batch may have as JSON, before compression. */
    public static final int MAX_BYTES = 32 * 1024 * 1024;

    public EventBatch {
        events = List.copyOf(events);
    }
}
