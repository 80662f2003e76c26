package dev.migrationledger.ledger.recording;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import java.util.List;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.Configuration;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
class RecordingConfig {

    @Bean
    ViewWriter viewWriter(EventStore store, ObjectProvider<View<?, ?>> views,
            ObjectProvider<RecordingListener> listeners) {
        ViewWriter writer = new ViewWriter(views.orderedStream().toList());
        List<RecordingListener> afterwards = listeners.orderedStream().toList();
        store.subscribe(messages -> {
            List<RecordedEvent> events = ViewWriter.events(messages);
            writer.accept(events);
            CurrentUnitOfWork.get().afterCommit(_ -> afterwards.forEach(listener -> listener.recorded(events)));
        });
        return writer;
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
    ViewsAtStart viewsAtStart(ViewForms forms, ViewRebuild rebuild) {
        return new ViewsAtStart(forms, rebuild);
    }

    /** Not where views are only compared, or rebuilt by hand. */
    @Bean
    @ConditionalOnWebApplication
    SmartInitializingSingleton viewsBeforeAnswers(ViewsAtStart views) {
        return views::ensure;
    }

    @Bean
    EventLog eventLog(EventStore store, EventStorageEngine storage) {
        return new EventLog(store, storage);
    }

    @Bean
    Recorder recorder(
            Configuration axon, CommandGateway commands, EventStore store, RecordingSerializer serializer,
            ViewWriter views) {
        return new Recorder(axon.commandBus(), commands, new Repositories(store, serializer));
    }

    @Bean
    EventWithdrawal eventWithdrawal(JdbcClient database, RecordingSerializer serializer) {
        return new EventWithdrawal(database, serializer);
    }
}
