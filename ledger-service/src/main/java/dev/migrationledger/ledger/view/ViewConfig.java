package dev.migrationledger.ledger.view;

import dev.migrationledger.ledger.environment.EventLog;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

@Configuration(proxyBeanMethods = false)
class ViewConfig {

    @Bean
    EnvironmentViews environmentViews(JdbcClient database, PlatformTransactionManager transactions) {
        return new EnvironmentViews(
                database, transactions, new ViewMemory(Runtime.getRuntime().maxMemory()));
    }

    @Bean
    PastViews pastViews(EnvironmentViews views, EventLog log) {
        return new PastViews(views, log);
    }

    @Bean
    ViewRebuild viewRebuild(
            EnvironmentViews views, EventLog log, JdbcClient database, PlatformTransactionManager transactions) {
        return new ViewRebuild(views, log, database, transactions);
    }
}
