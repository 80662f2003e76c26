package dev.migrationledger.ledger.history;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class HistoryConfig {

    @Bean
    @Order(30)
    ProjectHistories projectHistories(JdbcClient database) {
        return new ProjectHistories(database);
    }

    @Bean
    KeptHistories keptHistories(JdbcClient database) {
        return new KeptHistories(database);
    }
}
