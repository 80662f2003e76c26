package dev.migrationledger.ledger.evidence.check;

import dev.migrationledger.ledger.evidence.log.Checkpoints;
import dev.migrationledger.ledger.evidence.log.EvidenceLog;
import dev.migrationledger.ledger.evidence.log.LogKey;
import dev.migrationledger.ledger.evidence.log.StoredRecords;
import dev.migrationledger.ledger.recording.Recorder;
import dev.migrationledger.ledger.recording.store.EventLog;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class EvidenceCheckConfig {

    @Bean
    EvidenceCheck evidenceCheck(
            JdbcClient database, StoredRecords records, EvidenceLog evidence, Checkpoints checkpoints, LogKey key,
            Recorder recorder, Clock clock) {
        return new EvidenceCheck(database, records, evidence, checkpoints, key, recorder, clock, new SecureRandom());
    }

    @Bean
    Tamperings tamperings(EventLog events, JdbcClient database) {
        return new Tamperings(events, database);
    }

    @Bean
    EvidenceHealth evidenceHealthIndicator(Tamperings tamperings) {
        return new EvidenceHealth(tamperings);
    }

    @Bean
    EvidenceMetrics evidenceMetrics(Tamperings tamperings, Checkpoints checkpoints, Clock clock) {
        return new EvidenceMetrics(tamperings, checkpoints, clock);
    }
}
