package dev.migrationledger.agent.tracing;

import dev.migrationledger.contracts.envelope.AgentEnvelope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** No collector is configured. */
final class NoAgentTraces implements AgentTraces {

    private static final Delivery DELIVERY = new Delivery() {
        @Override
        public Optional<String> traceParent() {
            return Optional.empty();
        }

        @Override
        public void ended(String outcome, boolean delivered) {
            // Nothing was begun.
        }
    };

    @Override
    public List<AgentEnvelope> polled(Instant asked, Supplier<List<AgentEnvelope>> recording) {
        return recording.get();
    }

    @Override
    public Delivery delivery(UUID epoch, long first, long last) {
        return DELIVERY;
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
