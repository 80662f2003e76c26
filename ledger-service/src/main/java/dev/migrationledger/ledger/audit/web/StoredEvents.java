package dev.migrationledger.ledger.audit.web;

import dev.migrationledger.contracts.envelope.RecordedEvent.Origin;
import dev.migrationledger.contracts.log.LogRecord;
import dev.migrationledger.ledger.evidence.log.StoredRecords;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Events as they are stored, and the signatures that cover them. */
final class StoredEvents {

    private final JdbcClient database;

    StoredEvents(JdbcClient database) {
        this.database = database;
    }

    /**
     * What an agent signed.
     *
     * @param key that it signed with
     * @param first sequence of the batch
     * @param last sequence of the batch
     * @param digest of the batch
     */
    record BatchSignature(String key, long first, long last, String digest, String signature, Instant receivedAt) {}

    Optional<LogRecord> record(long position) {
        return database.sql("select " + StoredRecords.EVENT_COLUMNS + " from ledger.event where global_index = ?")
                .param(position).query(StoredRecords::event).optional();
    }

    /** Of the batch in which an agent sent an event; empty: it was not signed. */
    Optional<BatchSignature> signature(String project, String environment, Origin origin) {
        return database.sql("""
                select key, first_sequence, last_sequence, digest, signature, received_at from ledger.batch_signature
                where epoch = ? and first_sequence <= ? and last_sequence >= ?
                    and project = ? and environment = ? and agent = ?
                order by first_sequence desc limit 1
                """).params(origin.epoch(), origin.sequence(), origin.sequence(), project, environment, origin.agent())
                .query((row, _) -> new BatchSignature(row.getString(1), row.getLong(2), row.getLong(3),
                        row.getString(4), row.getString(5), instant(row.getTimestamp(6))))
                .optional();
    }

    private static Instant instant(Timestamp time) {
        return time.toInstant();
    }
}
