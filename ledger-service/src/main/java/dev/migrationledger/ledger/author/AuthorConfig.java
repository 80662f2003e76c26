package dev.migrationledger.ledger.author;

import dev.migrationledger.ledger.identity.VerifiedAddresses;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class AuthorConfig {

    @Bean
    @Order(36)
    FileAuthorsView fileAuthorsView(JdbcClient database) {
        return new FileAuthorsView(database);
    }

    @Bean
    KnownAuthors knownAuthors(FileAuthorsView files, VerifiedAddresses addresses) {
        return new KnownAuthors(files, addresses);
    }
}
