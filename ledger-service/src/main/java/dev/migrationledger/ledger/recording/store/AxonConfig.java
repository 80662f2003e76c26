package dev.migrationledger.ledger.recording.store;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Axon, wired by hand: its events in PostgreSQL through Spring's transactions, no Axon Server. There is no token store,
 * because nothing tracks events: views are written in the transaction that records them. Modules that Axon would find on
 * the class path by itself stay out: one calls home to look for updates, another keeps a thread that outlives the ledger.
 */
@Configuration(proxyBeanMethods = false)
class AxonConfig {

    /** Events read at once when a stream is folded. */
    private static final int PAGE = 1_000;

    private static final String DUPLICATE_KEY = "23505";

    @Bean
    TransactionManager axonTransactionManager(PlatformTransactionManager transactions) {
        return new SpringTransactionManager(transactions);
    }

    @Bean
    RecordingSerializer recordingSerializer() {
        return new RecordingSerializer(Jackson3Serializer.builder().build());
    }

    @Bean(initMethod = "start", destroyMethod = "shutdown")
    org.axonframework.config.Configuration axon(
            DataSource database, TransactionManager transactions, RecordingSerializer json,
            ObjectProvider<Upcaster> upcasters) {
        Configurer axon = DefaultConfigurer.defaultConfiguration(false)
                .configureSerializer(c -> json)
                .configureMessageSerializer(c -> json)
                .configureEventSerializer(c -> json)
                // Nothing asks what caused a message: a recorded event has a header of its own.
                .configureCorrelationDataProviders(c -> List.of())
                .configureTransactionManager(c -> transactions)
                .registerComponent(EventStorageEngine.class, c -> eventStorage(c, database, transactions, json))
                .configureEmbeddedEventStore(c -> c.getComponent(EventStorageEngine.class));
        upcasters.orderedStream().forEach(upcaster -> axon.registerEventUpcaster(c -> upcaster.axon()));
        return axon.buildConfiguration();
    }

    @Bean
    EventStore eventStore(org.axonframework.config.Configuration axon) {
        return axon.eventStore();
    }

    @Bean
    EventStorageEngine eventStorageEngine(org.axonframework.config.Configuration axon) {
        return axon.getComponent(EventStorageEngine.class);
    }

    @Bean
    CommandGateway commandGateway(org.axonframework.config.Configuration axon) {
        return axon.commandGateway();
    }

    @Bean
    EventTimes eventTimes(JdbcClient database) {
        return new EventTimes(database);
    }

    @Bean
    TypedEvents typedEvents(JdbcClient database) {
        return new TypedEvents(database);
    }

    @Bean
    EventLog eventLog(EventStore store, EventStorageEngine storage, JdbcClient database) {
        return new EventLog(store, storage, LogEnd.ofEvents(database), database);
    }

    @Bean
    EventWithdrawal eventWithdrawal(JdbcClient database, RecordingSerializer serializer) {
        return new EventWithdrawal(database, serializer);
    }

    private static EventStorageEngine eventStorage(
            org.axonframework.config.Configuration axon, DataSource database, TransactionManager transactions,
            RecordingSerializer json) {
        JdbcEventStorageEngine.Builder storage = JdbcEventStorageEngine.builder();
        storage.batchSize(PAGE)
                // A stream's sequence has no gaps, so a page that is not full is the last.
                .finalAggregateBatchPredicate(page -> page.size() < PAGE)
                .eventSerializer(json)
                .snapshotSerializer(json)
                .snapshotFilter(snapshot -> json.knows(snapshot.getPayload().getType()))
                .upcasterChain(axon.upcasterChain())
                .persistenceExceptionResolver(AxonConfig::isDuplicateKey);
        return storage.connectionProvider(
                new UnitOfWorkAwareConnectionProviderWrapper(new SpringDataSourceConnectionProvider(database)))
                .transactionManager(transactions)
                .schema(tables())
                .build();
    }

    /**
     * Whether another ledger was first. Axon's own resolver looks for an exception type that PostgreSQL's driver does not
     * throw; a lost race would then look like a broken store.
     */
    private static boolean isDuplicateKey(Throwable failure) {
        return Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(cause -> cause instanceof SQLException sql && DUPLICATE_KEY.equals(sql.getSQLState()));
    }

    /** As in {@code V1__event_store.sql}. */
    private static EventSchema tables() {
        return EventSchema.builder()
                .eventTable("ledger.event")
                .snapshotTable("ledger.snapshot")
                .globalIndexColumn("global_index")
                .eventIdentifierColumn("event_identifier")
                .aggregateIdentifierColumn("stream")
                .sequenceNumberColumn("sequence_number")
                .typeColumn("stream_type")
                .payloadTypeColumn("payload_type")
                .payloadRevisionColumn("payload_revision")
                .payloadColumn("payload")
                .metaDataColumn("metadata")
                .timestampColumn("time_stamp")
                .build();
    }
}
