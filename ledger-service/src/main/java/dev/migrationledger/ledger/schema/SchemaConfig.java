package dev.migrationledger.ledger.schema;

import dev.migrationledger.ledger.recording.store.TypedEvents;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

@Configuration(proxyBeanMethods = false)
class SchemaConfig {

    @Bean
    @Order(20)
    SchemaViews schemaViews(JdbcClient database, PlatformTransactionManager transactions) {
        return new SchemaViews(database, transactions, new PartCache(Runtime.getRuntime().maxMemory()));
    }

    @Bean
    PastSchemas pastSchemas(SchemaViews views, TypedEvents events) {
        return new PastSchemas(views, events);
    }
}
