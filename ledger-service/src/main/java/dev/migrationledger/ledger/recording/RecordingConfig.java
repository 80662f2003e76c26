package dev.migrationledger.ledger.recording;

import javax.sql.DataSource;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.Configuration;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
class RecordingConfig {

    @Bean
    ViewWriter viewWriter(EventStore store, ObjectProvider<View<?, ?>> views, Automations automations) {
        ViewWriter writer = new ViewWriter(views.orderedStream().toList());
        store.subscribe(messages -> {
            writer.accept(ViewWriter.events(messages));
            CurrentUnitOfWork.get().afterCommit(_ -> automations.wakeUp());
        });
        return writer;
    }

    @Bean
    Automations automations(
            ObjectProvider<Automation<?>> automations, DataSource database,
            @Value("${ledger.automations}") boolean enabled) {
        return new Automations(automations, database, enabled);
    }

    @Bean
    AutomationHealth automationsHealthIndicator(Automations automations) {
        return new AutomationHealth(automations);
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

    @Bean
    EventLog eventLog(EventStore store, EventStorageEngine storage, JdbcClient database) {
        return new EventLog(store, storage, new LogEnd(database));
    }

    @Bean
    Recorder recorder(
            Configuration axon, CommandGateway commands, EventStore store, RecordingSerializer serializer,
            ViewWriter views) {
        return new Recorder(axon.commandBus(), commands, new StreamRepositories(store, serializer));
    }

    @Bean
    EventWithdrawal eventWithdrawal(JdbcClient database, RecordingSerializer serializer) {
        return new EventWithdrawal(database, serializer);
    }
}
