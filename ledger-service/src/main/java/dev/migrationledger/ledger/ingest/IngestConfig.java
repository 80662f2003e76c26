package dev.migrationledger.ledger.ingest;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class IngestConfig {

    @Bean
    BodyBudget bodyBudget() {
        return BodyBudget.of(Runtime.getRuntime().maxMemory());
    }
}
