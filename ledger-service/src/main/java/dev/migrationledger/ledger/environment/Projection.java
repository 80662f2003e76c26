package dev.migrationledger.ledger.environment;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import java.util.List;

/**
 * A view that is written in the transaction that records the events: both are there or neither. Every bean of this type
 * is called once per batch and environment, after the events were inserted and before the commit. An exception rolls the
 * whole batch back, so a projection must not fail on anything that can be recorded.
 */
public interface Projection {
    void apply(String project, String environment, List<RecordedEvent> newEvents);
}
