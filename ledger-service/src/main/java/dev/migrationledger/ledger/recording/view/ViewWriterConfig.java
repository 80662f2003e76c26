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
    ViewForms viewForms(ObjectProvider<View<?, ?>> views, JdbcClient database) {
        return new ViewForms(views.orderedStream().toList(), database);
    }

    @Bean
    ViewWriter viewWriter(ObjectProvider<View<?, ?>> views, ViewForms forms) {
        return new ViewWriter(views.orderedStream().toList(), forms);
    }

    @Bean
    ViewFormsHealth viewsHealthIndicator(ViewForms forms) {
        return new ViewFormsHealth(forms);
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
