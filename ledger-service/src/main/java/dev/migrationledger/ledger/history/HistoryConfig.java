package dev.migrationledger.ledger.history;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class HistoryConfig {

    @Bean
    @Order(30)
    RevisionSightings revisionSightings(JdbcClient database) {
        return new RevisionSightings(database);
    }

    @Bean
    @Order(35)
    RevisionFiles revisionFiles(JdbcClient database) {
        return new RevisionFiles(database);
    }

    @Bean
    @Order(36)
    ContentFootprints contentFootprints(JdbcClient database) {
        return new ContentFootprints(database);
    }

    @Bean
    StoredHistories storedHistories(JdbcClient database) {
        return new StoredHistories(database);
    }
}
