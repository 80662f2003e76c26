package dev.migrationledger.ledger.metrics;

import dev.migrationledger.ledger.recording.automation.Automations;
import dev.migrationledger.ledger.recording.store.EventLog;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class MetricsConfig {

    @Bean
    ProjectMetrics projectMetrics(JdbcClient database, Clock clock) {
        return new ProjectMetrics(database, clock);
    }

    @Bean
    LogMetrics logMetrics(EventLog log, Automations automations, JdbcClient database) {
        return new LogMetrics(log, automations, database);
    }

    /** Without a registry, as with {@code management.prometheus.metrics.export.enabled=false}, nothing is measured. */
    @Bean
    SmartInitializingSingleton ledgerMetrics(
            ObjectProvider<MetricSource> sources, ObjectProvider<PrometheusRegistry> registry) {
        return () -> registry.ifAvailable(it -> it
                .register(new LedgerCollector(sources.orderedStream().toList(), System::nanoTime)));
    }
}
