package dev.migrationledger.ledger.audit.search;

import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

@Configuration(proxyBeanMethods = false)
class AuditSearchConfig {

    @Bean
    AuditIndex auditIndex(JdbcClient database) {
        return new AuditIndex(database);
    }

    @Bean
    BlindTimes blindTimes(JdbcClient database, @Value("${ledger.stale-after}") Duration patience) {
        return new BlindTimes(database, patience);
    }

    @Bean
    AuditSearch auditSearch(
            JdbcClient database, AuditIndex index, BlindTimes blind, PlatformTransactionManager transactions) {
        return new AuditSearch(database, index, blind, transactions);
    }

    @Bean
    AuditReader auditReader(
            JdbcClient database, AuditIndex index, BlindTimes blind, PlatformTransactionManager transactions) {
        return new AuditReader(database, index, blind, transactions);
    }
}
