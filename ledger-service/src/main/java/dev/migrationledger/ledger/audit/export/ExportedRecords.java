package dev.migrationledger.ledger.audit.export;

import dev.migrationledger.contracts.event.EventCatalogue;
import dev.migrationledger.contracts.event.LedgerEvent.ContentWithdrawn;
import dev.migrationledger.contracts.log.LogRecord;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.audit.search.AuditReader.StoredEntry;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Events exactly as they are stored, beside their entries. */
final class ExportedRecords {

    private final JdbcClient database;

    ExportedRecords(JdbcClient database) {
        this.database = database;
    }

    /** By position, the {@link LogRecord} of each entry as JSON. */
    Map<Long, String> json(List<StoredEntry> page) {
        Map<Long, String> records = new HashMap<>();
        database.sql("""
                select global_index, event_identifier, stream, sequence_number, payload_type, payload_revision,
                    time_stamp, convert_from(payload, 'UTF8'), convert_from(metadata, 'UTF8')
                from ledger.event where global_index = any(:positions)
                """)
                .param("positions", page.stream().map(StoredEntry::position).toArray(Long[]::new))
                .query(row -> {
                    records.put(row.getLong(1), new String(ContractJson.write(record(row.getLong(1),
                            row.getString(2), row.getString(3), row.getLong(4), row.getString(5), row.getString(6),
                            row.getString(7), row.getString(8), row.getString(9))), StandardCharsets.UTF_8));
                });
        return records;
    }

    /** A withdrawn event keeps the name and the digest of what was there. */
    private static LogRecord record(
            long position, String id, String stream, long sequence, String type, String revision, String time,
            String payload, String metadata) {
        if (!(type + ".v" + revision).equals(EventCatalogue.nameOf(ContentWithdrawn.class))) {
            return LogRecord.of(position, id, stream, sequence, type, revision, time, payload, metadata);
        }
        ContentWithdrawn marker = (ContentWithdrawn) ContractJson.readEvent(
                payload.getBytes(StandardCharsets.UTF_8), type + ".v" + revision);
        int version = marker.withdrawnType().lastIndexOf(".v");
        return new LogRecord(position, id, stream, sequence, marker.withdrawnType().substring(0, version),
                marker.withdrawnType().substring(version + 2), time, null, marker.digest(), metadata);
    }
}
