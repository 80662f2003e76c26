package dev.migrationledger.ledger.ingest;

import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.identity.AgentKeys;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class IngestConfig {

    @Bean
    Ingest ingest(EnvironmentCommands environmentCommands, JdbcClient database, AgentKeys keys, Clock clock) {
        return new Ingest(environmentCommands, new SignedBatches(database, keys), clock, new SecureRandom());
    }
}
