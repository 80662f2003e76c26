package dev.migrationledger.ledger.platform;

import dev.migrationledger.contracts.wire.Wire;
import java.time.Clock;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PlatformConfig {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** The web writes contracts as everything else does. */
    @Bean
    JsonMapperBuilderCustomizer contractsInTheirOwnForm() {
        return Wire::configure;
    }
}
