package dev.migrationledger.ledger.ingest;

import dev.migrationledger.ledger.environment.EnvironmentCommands;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class IngestConfig {

    @Bean
    Ingest ingest(EnvironmentCommands environmentCommands, Clock clock) {
        return new Ingest(environmentCommands, clock, new SecureRandom());
    }
}
