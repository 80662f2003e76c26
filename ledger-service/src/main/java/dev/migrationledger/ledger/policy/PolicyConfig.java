package dev.migrationledger.ledger.policy;

import dev.migrationledger.ledger.divergence.DivergenceViews;
import dev.migrationledger.ledger.policy.baseline.BaselineView;
import dev.migrationledger.ledger.policy.baseline.Baselines;
import dev.migrationledger.ledger.recording.Recorder;
import dev.migrationledger.ledger.view.EnvironmentViews;
import java.security.SecureRandom;
import java.time.Clock;
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
    Baselines baselines(BaselineView view, DivergenceViews divergences, Clock clock) {
        return new Baselines(view, divergences, clock);
    }

    @Bean
    Acceptances acceptances(
            Recorder recorder, Baselines baselines, EnvironmentViews environments, DivergenceViews divergences,
            Clock clock) {
        return new Acceptances(recorder, baselines, environments, divergences, clock);
    }

    @Bean
    AcceptanceExpiry acceptanceExpiry(BaselineView view, Recorder recorder, Clock clock) {
        return new AcceptanceExpiry(view, recorder, clock, new SecureRandom());
    }

    @Bean
    PolicyChanges policyChanges(Recorder recorder, PolicyView policies, EnvironmentViews environments, Clock clock) {
        return new PolicyChanges(recorder, policies, environments, clock);
    }

    @Bean
    ProjectPolicies policies(PolicyView view, BaselineView baselines) {
        return new ProjectPolicies(view, baselines);
    }
}
