package dev.migrationledger.ledger.environment;

import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.command.Repository;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class EnvironmentConfig {

    @Bean
    ConfigurerModule environmentAggregate() {
        return axon -> axon.configureAggregate(AggregateConfigurer.defaultConfiguration(EnvironmentAggregate.class)
                .configureCommandTargetResolver(c -> EnvironmentConfig::target)
                .configureRepository(EnvironmentConfig::repository));
    }

    private static Repository<EnvironmentAggregate> repository(org.axonframework.config.Configuration axon) {
        return new EnvironmentRepository(
                axon.eventStore(), new Snapshots(axon.eventStore()), Runtime.getRuntime().maxMemory() / 16);
    }

    @Bean
    ProjectionFeed projectionFeed(EventStore store, ObjectProvider<Projection> projections) {
        ProjectionFeed feed = new ProjectionFeed(projections.orderedStream().toList());
        store.subscribe(feed::accept);
        return feed;
    }

    @Bean
    EventLog eventLog(EventStore store, EventStorageEngine storage) {
        return new EventLog(store, storage);
    }

    @Bean
    Environments environments(CommandGateway commands, ProjectionFeed writtenAlong) {
        return new Environments(commands);
    }

    @Bean
    EventWithdrawal eventWithdrawal(JdbcClient database) {
        return new EventWithdrawal(database);
    }

    private static VersionedAggregateIdentifier target(CommandMessage<?> command) {
        Object stream = ((EnvironmentCommand) command.getPayload()).stream();
        return new VersionedAggregateIdentifier(stream, null);
    }
}
