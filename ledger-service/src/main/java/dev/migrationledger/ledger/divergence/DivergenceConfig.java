package dev.migrationledger.ledger.divergence;

import dev.migrationledger.ledger.contact.Contacts;
import dev.migrationledger.ledger.environment.Environments;
import dev.migrationledger.ledger.history.KeptHistories;
import dev.migrationledger.ledger.schema.SchemaViews;
import dev.migrationledger.ledger.view.EnvironmentViews;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
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

    /** Apart from the thread that it wakes: what records events needs the one, and is needed by the other. */
    @Bean
    WakeUpSignal wakeUpSignal() {
        return new WakeUpSignal();
    }

    @Bean
    JudgedRecord judgedRecord(JdbcTemplate database) {
        return new JudgedRecord(database);
    }

    @Bean
    JudgingHealth judgingHealthIndicator(JudgedRecord record, @Value("${ledger.judging}") boolean enabled) {
        return new JudgingHealth(enabled, record::countDue);
    }

    @Bean
    JudgingThread judgingThread(
            Judging judging, WakeUpSignal signal, JudgingHealth health, @Value("${ledger.judging}") boolean enabled) {
        return new JudgingThread(judging, signal, health, enabled);
    }

    @Bean
    Judging judging(
            EnvironmentViews environments, SchemaViews schemas, KeptHistories histories, Contacts contacts,
            Environments recording, JudgedRecord record, DataSource connections, Clock clock,
            @Value("${ledger.stale-after}") Duration patience) {
        ProjectSight sight = new ProjectSight(environments, schemas, histories);
        return new Judging(
                sight, record, contacts, new ProjectJudging(sight, record, recording, clock, new SecureRandom()),
                new ProjectLock(connections), clock, patience);
    }
}
