package dev.migrationledger.ledger.divergence;

import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.heartbeat.Heartbeats;
import dev.migrationledger.ledger.history.StoredHistories;
import dev.migrationledger.ledger.recording.store.EventLog;
import dev.migrationledger.ledger.recording.store.TypedEvents;
import dev.migrationledger.ledger.schema.SchemaViews;
import dev.migrationledger.ledger.view.EnvironmentViews;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class DivergenceConfig {

    @Bean
    @Order(40)
    DivergenceViews divergenceViews(JdbcClient database) {
        return new DivergenceViews(database);
    }

    @Bean
    PastDivergences pastDivergences(DivergenceViews views, TypedEvents events) {
        return new PastDivergences(views, events);
    }

    @Bean
    EvaluationCheckpoints evaluationCheckpoints(JdbcTemplate database) {
        return new EvaluationCheckpoints(database);
    }

    @Bean
    ProjectReader projectReader(
            EnvironmentViews environments, SchemaViews schemas, StoredHistories histories, PipelineDemands policies,
            ProposedMerges merges) {
        return new ProjectReader(environments, schemas, histories, policies, merges);
    }

    @Bean
    ChangedEnvironments changedEnvironments(EventLog log) {
        return new ChangedEnvironments(log);
    }

    @Bean
    ProjectStates projectStates(
            ProjectReader reader, EvaluationCheckpoints checkpoints, ChangedEnvironments changes) {
        return new ProjectStates(reader, checkpoints, changes);
    }

    @Bean
    DeployedScripts deployedScripts(ProjectReader reader, ProjectStates states, ChangedEnvironments changes) {
        return new DeployedScripts(reader, states, changes);
    }

    @Bean
    DivergenceEvaluator divergenceEvaluator(
            ProjectReader reader, ProjectStates states, ChangedEnvironments changes, Heartbeats heartbeats,
            EnvironmentCommands recording,
            EvaluationCheckpoints checkpoints, DivergenceViews divergences, Clock clock,
            @Value("${ledger.stale-after}") Duration patience) {
        return new DivergenceEvaluator(
                reader, checkpoints, changes, heartbeats,
                new ProjectEvaluator(reader, states, checkpoints, changes, heartbeats, recording, divergences, clock,
                        new SecureRandom()),
                clock, patience);
    }

    @Bean
    DeployEvaluator deployEvaluator(
            ProjectReader reader, ProjectStates states, DivergenceEvaluator evaluator, DivergenceViews divergences) {
        return new DeployEvaluator(reader, states, evaluator, divergences);
    }
}
