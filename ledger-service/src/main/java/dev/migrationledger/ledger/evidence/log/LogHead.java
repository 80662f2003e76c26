package dev.migrationledger.ledger.evidence.log;

import dev.migrationledger.contracts.log.LogHash;
import dev.migrationledger.core.merkle.CompactRange;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How far the log has come: the one row of {@code ledger.log_head}.
 *
 * @param range all leaves
 * @param eventsTo position of the last event that is a leaf
 * @param signaturesTo id of the last signature that is a leaf
 */
public record LogHead(CompactRange range, long eventsTo, long signaturesTo) {

    private static final String COLUMNS = "select size, hashes, events_to, signatures_to from ledger.log_head";

    static LogHead read(JdbcClient database) {
        return read(database, COLUMNS);
    }

    /** Keeps other ledgers from adding leaves until the transaction ends. */
    static LogHead lock(JdbcClient database) {
        return read(database, COLUMNS + " for update");
    }

    private static LogHead read(JdbcClient database, String statement) {
        return database.sql(statement)
                .query((row, _) -> new LogHead(CompactRange.of(row.getLong(1), hashes(row.getBytes(2))),
                        row.getLong(3), row.getLong(4)))
                .single();
    }

    void write(JdbcClient database) {
        database.sql("update ledger.log_head set size = ?, hashes = ?, events_to = ?, signatures_to = ?")
                .params(range.size(), bytes(range.hashes()), eventsTo, signaturesTo).update();
    }

    /** Hashes that are stored one after the other. */
    static List<LogHash> hashes(byte[] bytes) {
        List<LogHash> hashes = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += LogHash.BYTES) {
            hashes.add(LogHash.of(Arrays.copyOfRange(bytes, from, from + LogHash.BYTES)));
        }
        return hashes;
    }

    static byte[] bytes(List<LogHash> hashes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        hashes.forEach(hash -> bytes.writeBytes(hash.bytes()));
        return bytes.toByteArray();
    }
}
