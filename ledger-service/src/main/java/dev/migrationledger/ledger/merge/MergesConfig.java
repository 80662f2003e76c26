package dev.migrationledger.ledger.merge;

import dev.migrationledger.ledger.author.KnownAuthors;
import dev.migrationledger.ledger.divergence.DeployedScripts;
import dev.migrationledger.ledger.history.StoredHistories;
import dev.migrationledger.ledger.identity.ApproverRoles;
import dev.migrationledger.ledger.policy.ProjectPolicies;
import dev.migrationledger.ledger.recording.Recorder;
import dev.migrationledger.ledger.view.EnvironmentViews;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class MergesConfig {

    @Bean
    @Order(80)
    MergesView mergesView(JdbcClient database) {
        return new MergesView(database);
    }

    @Bean
    Merges merges(
            MergesView view, DeployedScripts scripts, StoredHistories histories, ProjectPolicies policies,
            KnownAuthors authors) {
        return new Merges(view, scripts, histories, policies, authors);
    }

    @Bean
    MergeActions mergeActions(
            MergesView view, Merges merges, DeployedScripts scripts, StoredHistories histories,
            ProjectPolicies policies, EnvironmentViews environments, KnownAuthors authors, Recorder recorder,
            Clock clock) {
        return new MergeActions(view, merges, scripts, histories, policies, environments, authors, recorder, clock);
    }

    @Bean
    OpenMerges openMerges(MergesView merges, ProjectPolicies policies) {
        return new OpenMerges(merges, policies);
    }

    @Bean
    MergesAutomation mergeAutomation(
            DeployedScripts scripts, StoredHistories histories, MergesView merges, ProjectPolicies policies,
            ApproverRoles approvers, KnownAuthors authors, Recorder recorder, Clock clock) {
        return new MergesAutomation(scripts, histories, merges, policies, approvers, authors, recorder, clock,
                new SecureRandom());
    }
}
