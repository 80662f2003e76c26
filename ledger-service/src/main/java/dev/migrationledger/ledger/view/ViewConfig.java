package dev.migrationledger.ledger.view;

import dev.migrationledger.ledger.recording.store.EventLog;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

@Configuration(proxyBeanMethods = false)
class ViewConfig {

    @Bean
    @Order(10)
    EnvironmentViews environmentViews(JdbcClient database, PlatformTransactionManager transactions) {
        return new EnvironmentViews(database, transactions, new ViewCache(Runtime.getRuntime().maxMemory()));
    }

    @Bean
    PastViews pastViews(EnvironmentViews views, EventLog log, JdbcClient database) {
        return new PastViews(views, new ViewSnapshots(database, log), log);
    }
}
