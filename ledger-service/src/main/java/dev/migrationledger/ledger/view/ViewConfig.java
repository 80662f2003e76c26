package dev.migrationledger.ledger.view;

import dev.migrationledger.ledger.environment.EventLog;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

@Configuration(proxyBeanMethods = false)
class ViewConfig {

    /** The first of all projections: others may rely on its lock, and on what it and the views beside it have just written. */
    @Bean
    @Order(10)
    EnvironmentViews environmentViews(
            JdbcClient database, PlatformTransactionManager transactions, ObjectProvider<SideView> others) {
        return new EnvironmentViews(
                database, transactions, new ViewMemory(Runtime.getRuntime().maxMemory()),
                others.orderedStream().toList());
    }

    @Bean
    PastViews pastViews(EnvironmentViews views, EventLog log, JdbcClient database) {
        return new PastViews(views, new ViewSnapshots(database, log), log);
    }

    /** Not where views are only compared, or made anew by hand. */
    @Bean
    @ConditionalOnWebApplication
    ViewsAtStart viewsAtStart(JdbcClient database, ViewRebuild rebuild) {
        return new ViewsAtStart(database, rebuild);
    }

    @Bean
    ViewRebuild viewRebuild(
            EnvironmentViews views, ObjectProvider<SideView> others, EventLog log, JdbcClient database,
            PlatformTransactionManager transactions) {
        return new ViewRebuild(views, others.orderedStream().toList(), log, database, transactions);
    }
}
