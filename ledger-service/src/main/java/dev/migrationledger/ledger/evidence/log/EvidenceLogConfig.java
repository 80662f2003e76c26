package dev.migrationledger.ledger.evidence.log;

import dev.migrationledger.ledger.policy.signed.SigningKeys;
import dev.migrationledger.ledger.recording.store.EventLog;
import dev.migrationledger.ledger.recording.store.LogEnd;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class EvidenceLogConfig {

    @Bean
    LogKey logKey(SigningKeys keys, @Value("${ledger.evidence-log.origin:#{null}}") @Nullable String origin) {
        return new LogKey(keys, origin);
    }

    @Bean
    LogAppender logAppender(JdbcClient database, PlatformTransactionManager transactions, EventLog events) {
        return new LogAppender(database, new TransactionTemplate(transactions), events,
                LogEnd.ofSignatures(database));
    }

    @Bean
    Checkpoints checkpoints(
            JdbcClient database, PlatformTransactionManager transactions, LogKey key, Clock clock) {
        return new Checkpoints(database, new TransactionTemplate(transactions), key, clock);
    }

    @Bean
    EvidenceLog evidenceLog(JdbcClient database, LogAppender appender, Checkpoints checkpoints, LogKey key) {
        return new EvidenceLog(database, appender, checkpoints, key);
    }

    @Bean
    DailyCheckpoint dailyCheckpoint(EvidenceLog evidence, Checkpoints checkpoints, Clock clock) {
        return new DailyCheckpoint(evidence, checkpoints, clock);
    }

    @Bean
    StoredRecords storedRecords(JdbcClient database) {
        return new StoredRecords(database);
    }
}
