package dev.migrationledger.ledger.audit.export;

import dev.migrationledger.contracts.log.LogRecord;
import dev.migrationledger.ledger.audit.search.AuditReader.StoredEntry;
import dev.migrationledger.ledger.evidence.log.StoredRecords;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Events exactly as they are stored, beside their entries. */
final class ExportedRecords {

    private final JdbcClient database;

    ExportedRecords(JdbcClient database) {
        this.database = database;
    }

    /** In the order of their positions. */
    List<LogRecord> of(List<StoredEntry> page) {
        return database.sql("select " + StoredRecords.EVENT_COLUMNS
                + " from ledger.event where global_index = any(?) order by global_index")
                .param(page.stream().map(StoredEntry::position).toArray(Long[]::new))
                .query(StoredRecords::event).list();
    }
}
