package dev.migrationledger.ledger.tracing;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
class TracingConfig {

    /** As settings of Spring, so a variable, an option or a line in a file says them. All others are variables of OpenTelemetry. */
    private static final List<String> ENDPOINTS = List.of("otel.exporter.otlp.endpoint",
            "otel.exporter.otlp.traces.endpoint");

    @Bean
    LedgerTraces ledgerTraces(Environment settings, Clock clock) {
        Map<String, String> endpoints = new HashMap<>();
        for (String name : ENDPOINTS) {
            String value = settings.getProperty(name, "");
            if (!value.isBlank()) {
                endpoints.put(name, value);
            }
        }
        return endpoints.isEmpty() ? new NoLedgerTraces() : ExportedLedgerTraces.configured(endpoints, clock);
    }
}
