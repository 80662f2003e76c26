package dev.migrationledger.ledger.contact;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class ContactConfig {

    @Bean
    Contacts contacts(JdbcClient database) {
        return new Contacts(database);
    }
}
