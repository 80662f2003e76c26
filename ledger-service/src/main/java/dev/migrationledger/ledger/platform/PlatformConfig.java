package dev.migrationledger.ledger.platform;

import dev.migrationledger.contracts.wire.ContractJson;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

@Configuration(proxyBeanMethods = false)
class PlatformConfig {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    @ConditionalOnWebApplication
    OutOfMemory outOfMemory() {
        return new OutOfMemory();
    }

    @Bean
    WritesHealth writesHealthIndicator(JdbcClient database, PlatformTransactionManager transactions) {
        return new WritesHealth(database, transactions);
    }

    /** The web writes contracts as everything else does, but for secrets. */
    @Bean
    JsonMapperBuilderCustomizer contractsInTheirOwnForm() {
        return builder -> ContractJson.configure(builder).addModule(RedactingSerializer.module());
    }
}
