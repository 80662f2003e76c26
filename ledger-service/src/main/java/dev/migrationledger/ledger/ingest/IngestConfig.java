package dev.migrationledger.ledger.ingest;

import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.identity.AgentKeys;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcOperations;

@Configuration(proxyBeanMethods = false)
class IngestConfig {

    @Bean
    Ingest ingest(EnvironmentCommands environmentCommands, JdbcOperations jdbc, AgentKeys keys, Clock clock) {
        return new Ingest(environmentCommands, new SignedBatches(jdbc, keys), clock, new SecureRandom());
    }
}
