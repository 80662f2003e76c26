package dev.migrationledger.ledger.policy;

import dev.migrationledger.ledger.policy.baseline.BaselineView;
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
    @Order(61)
    BaselineView baselineView(JdbcClient database) {
        return new BaselineView(database);
    }

    @Bean
    ProjectPolicies policies(PolicyView view, BaselineView baselines) {
        return new ProjectPolicies(view, baselines);
    }
}
