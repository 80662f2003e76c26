package dev.migrationledger.ledger.audit.export;

import dev.migrationledger.ledger.audit.search.AuditReader;
import dev.migrationledger.ledger.evidence.log.EvidenceLog;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class AuditExportConfig {

    @Bean
    AuditExport auditExport(AuditReader reader, JdbcClient database, EvidenceLog log, Clock clock) {
        return new AuditExport(reader, new ExportedRecords(database), log, clock);
    }
}
