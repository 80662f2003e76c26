package dev.migrationledger.ledger.policy.signed;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class SignedPolicyConfig {

    @Bean
    SigningKeys signingKeys(JdbcClient database) {
        return new SigningKeys(database);
    }

    @Bean
    PolicySigner policySigner(SigningKeys keys, Clock clock) {
        return new PolicySigner(keys, clock);
    }
}
