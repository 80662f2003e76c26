package dev.migrationledger.ledger.recording.view;

import dev.migrationledger.ledger.recording.store.EventLog;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

@Configuration(proxyBeanMethods = false)
class ViewWriterConfig {

    @Bean
    ViewWriter viewWriter(ObjectProvider<View<?, ?>> views) {
        return new ViewWriter(views.orderedStream().toList());
    }

    @Bean
    ViewForms viewForms(ViewWriter writer, JdbcClient database) {
        return new ViewForms(writer.views(), database);
    }

    @Bean
    ViewRebuild viewRebuild(
            ViewWriter writer, ViewForms forms, EventLog log, JdbcClient database,
            PlatformTransactionManager transactions) {
        return new ViewRebuild(writer, forms, log, database, transactions);
    }

    @Bean
    OutdatedViewRebuild viewsAtStart(ViewForms forms, ViewRebuild rebuild) {
        return new OutdatedViewRebuild(forms, rebuild);
    }

    /** Not where views are only compared, or rebuilt by hand. */
    @Bean
    @ConditionalOnWebApplication
    SmartInitializingSingleton viewsBeforeAnswers(OutdatedViewRebuild views) {
        return views::ensure;
    }
}
