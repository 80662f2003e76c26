package dev.migrationledger.ledger.gate;

import dev.migrationledger.ledger.divergence.DeployEvaluator;
import dev.migrationledger.ledger.policy.ProjectPolicies;
import dev.migrationledger.ledger.policy.signed.PolicySigner;
import dev.migrationledger.ledger.recording.Recorder;
import dev.migrationledger.ledger.schema.SchemaViews;
import dev.migrationledger.ledger.view.EnvironmentViews;
import dev.migrationledger.ledger.view.Liveness;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class GateConfig {

    @Bean
    @Order(70)
    DeploysView deploysView(JdbcClient database) {
        return new DeploysView(database);
    }

    @Bean
    Overrides overrides(Recorder recorder, DeploysView deploys, EnvironmentViews environments, Clock clock) {
        return new Overrides(recorder, deploys, environments, clock);
    }

    @Bean
    DeployApprovals deployApprovals(Recorder recorder, DeploysView deploys, Clock clock) {
        return new DeployApprovals(recorder, deploys, clock);
    }

    @Bean
    OverrideExpiry overrideExpiry(DeploysView deploys, Recorder recorder, Clock clock) {
        return new OverrideExpiry(deploys, recorder, clock, new SecureRandom());
    }

    @Bean
    DeployHeartbeats deployHeartbeats(JdbcClient database) {
        return new DeployHeartbeats(database);
    }

    @Bean
    Gate gate(
            EnvironmentViews environments, SchemaViews schemas, DeployEvaluator evaluator, ProjectPolicies policies,
            DeployHeartbeats heartbeats, Liveness liveness, PolicySigner signer, Recorder recorder, Clock clock) {
        return new Gate(environments, schemas, evaluator, policies, heartbeats, liveness, signer, recorder,
                clock);
    }
}
