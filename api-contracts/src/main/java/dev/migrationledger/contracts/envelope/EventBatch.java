package dev.migrationledger.contracts.envelope;

import java.util.List;

/**
 * What an agent sends at once: events of one agent, epoch and environment, in sequence without holes. The ledger records
 * all of them or none.
 */
public record EventBatch(List<AgentEnvelope> events) {

    /** The most events that one batch may hold. */
    public static final int MAX_EVENTS = 500;

    /** The most bytes that one batch may have as JSON, before compression. */
    public static final int MAX_BYTES = 32 * 1024 * 1024;

    public EventBatch {
        events = List.copyOf(events);
    }
}
