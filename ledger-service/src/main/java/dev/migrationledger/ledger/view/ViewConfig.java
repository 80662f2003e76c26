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
    ViewSnapshots viewSnapshots(JdbcClient database, EventLog log) {
        return new ViewSnapshots(database, log);
    }

    @Bean
    PastViews pastViews(EnvironmentViews views, ViewSnapshots snapshots, EventLog log) {
        return new PastViews(views, snapshots, log);
    }

    @Bean
    PastViewKeeper pastViewKeeper(JdbcClient database, EnvironmentViews views, ViewSnapshots snapshots) {
        return new PastViewKeeper(database, views, snapshots);
    }
}
