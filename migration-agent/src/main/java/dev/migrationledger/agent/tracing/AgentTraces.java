package dev.migrationledger.agent.tracing;

import dev.migrationledger.contracts.envelope.AgentEnvelope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Spans of polls that found something, and of deliveries to the ledger. Safe for several threads. */
public sealed interface AgentTraces extends AutoCloseable permits NoAgentTraces, ExportedAgentTraces {

    AgentTraces OFF = new NoAgentTraces();

    /** The variables of OpenTelemetry that name a collector. */
    List<String> ENDPOINTS = List.of("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");

    /** Exports spans if the variables name a collector. */
    static AgentTraces of(Map<String, String> variables, String project, String environment) {
        return ENDPOINTS.stream().anyMatch(name -> !variables.getOrDefault(name, "").isBlank())
                ? ExportedAgentTraces.configured(project, environment)
                : OFF;
    }

    /**
     * Records what a poll found. No delivery begins meanwhile: it would not know of this poll yet.
     *
     * @param asked when the poll began
     * @param recording writes events into the spool, and returns them
     */
    List<AgentEnvelope> polled(Instant asked, Supplier<List<AgentEnvelope>> recording);

    /**
     * Begins a delivery of consecutive events. Its trace is that of the poll that found the first of them, if this process made it.
     */
    Delivery delivery(UUID epoch, long first, long last);

    /** Sends what is left. */
    @Override
    void close();

    /** A batch on its way. */
    interface Delivery {

        /** The value of the header {@code traceparent}. */
        Optional<String> traceParent();

        /**
         * The ledger answered, or did not.
         *
         * @param outcome a code such as {@code received}
         * @param delivered whether the ledger has the events
         */
        void ended(String outcome, boolean delivered);
    }
}
