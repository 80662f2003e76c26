package dev.migrationledger.ledger.recording.automation;

import dev.migrationledger.ledger.tracing.LedgerTraces;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AutomationConfig {

    @Bean
    Automations automations(
            ObjectProvider<Automation<?>> automations, DataSource database,
            @Value("${ledger.automations}") boolean enabled, LedgerTraces traces) {
        return new Automations(automations, database, enabled, traces);
    }

    @Bean
    AutomationHealth automationsHealthIndicator(Automations automations) {
        return new AutomationHealth(automations);
    }
}
