package dev.migrationledger.ledger.policy;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class PolicyConfig {

    @Bean
    @Order(60)
    PolicyView policyView(JdbcClient database) {
        return new PolicyView(database);
    }

    @Bean
    ProjectPolicies policies(PolicyView view) {
        return new ProjectPolicies(view);
    }
}
