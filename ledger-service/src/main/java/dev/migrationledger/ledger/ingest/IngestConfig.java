package dev.migrationledger.ledger.ingest;

import dev.migrationledger.ledger.environment.Environments;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class IngestConfig {

    @Bean
    Ingest ingest(Environments environments, Clock clock) {
        return new Ingest(environments, clock, new SecureRandom());
    }
}
