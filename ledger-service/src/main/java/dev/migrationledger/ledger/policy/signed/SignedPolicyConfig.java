package dev.migrationledger.ledger.policy.signed;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class SignedPolicyConfig {

    @Bean
    PolicySigner policySigner(JdbcClient database, Clock clock) {
        return new PolicySigner(new SigningKeys(database), clock);
    }
}
