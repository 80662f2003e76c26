package dev.migrationledger.ledger.contact;

import dev.migrationledger.ledger.environment.EventLog;
import dev.migrationledger.ledger.view.EnvironmentViews;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class ContactConfig {

    @Bean
    Contacts contacts(JdbcClient database) {
        return new Contacts(database);
    }

    @Bean
    LastSequences lastSequences(EnvironmentViews views, EventLog log) {
        return new LastSequences(views, log);
    }
}
