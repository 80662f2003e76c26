package dev.migrationledger.ledger.ingest.http;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class HttpIngestConfig {

    @Bean
    BodyBudget bodyBudget() {
        return BodyBudget.of(Runtime.getRuntime().maxMemory());
    }
}
