package dev.migrationledger.ledger.audit.index;

import dev.migrationledger.ledger.identity.people.PeopleView;
import dev.migrationledger.ledger.recording.store.EventLog;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class AuditIndexConfig {

    @Bean
    AuditFollower auditFollower(
            EventLog events, JdbcTemplate jdbc, PeopleView people, PlatformTransactionManager transactions) {
        return new AuditFollower(events, new AuditTables(jdbc), new ContextTables(JdbcClient.create(jdbc)),
                people::now, new TransactionTemplate(transactions));
    }
}
