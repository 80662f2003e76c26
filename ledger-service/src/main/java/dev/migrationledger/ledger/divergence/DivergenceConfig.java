package dev.migrationledger.ledger.divergence;

import dev.migrationledger.ledger.contact.Contacts;
import dev.migrationledger.ledger.environment.Environments;
import dev.migrationledger.ledger.history.KeptHistories;
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
    JudgedRecord judgedRecord(JdbcTemplate database) {
        return new JudgedRecord(database);
    }

    @Bean
    Judging judging(
            EnvironmentViews environments, SchemaViews schemas, KeptHistories histories, Contacts contacts,
            Environments recording, JudgedRecord record, Clock clock,
            @Value("${ledger.stale-after}") Duration patience) {
        ProjectSight sight = new ProjectSight(environments, schemas, histories);
        return new Judging(
                sight, record, contacts, new ProjectJudging(sight, record, recording, clock, new SecureRandom()),
                clock, patience);
    }
}
