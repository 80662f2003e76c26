package dev.migrationledger.ledger.evidence.log;

import dev.migrationledger.contracts.envelope.RecordedEvent.Origin;
import dev.migrationledger.contracts.event.EventCatalogue;
import dev.migrationledger.contracts.event.LedgerEvent.ContentWithdrawn;
import dev.migrationledger.contracts.log.LogHash;
import dev.migrationledger.contracts.log.LogRecord;
import dev.migrationledger.contracts.log.SignatureRecord;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.contracts.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows that leaves are made of, read as they are stored and without interpreting them. */
public final class StoredRecords {

    /** The columns that {@link #event} reads, in its order, of a statement with {@code ledger.event}. */
    public static final String EVENT_COLUMNS = columns("event.payload");

    /** The same without payloads, except of withdrawn events: a leaf has their digests, and some have megabytes. */
    private static final String DIGEST_COLUMNS = columns(
            "case when event.payload_type = 'ledger.content-withdrawn' then event.payload end")
            + ", encode(sha256(event.payload), 'hex')";

    private static String columns(String payload) {
        return "event.global_index, event.event_identifier, event.stream, event.sequence_number, event.payload_type,"
                + " coalesce(event.payload_revision, ''), event.time_stamp, coalesce(event.metadata, ''), " + payload;
    }

    private static final String SIGNATURE_COLUMNS = "id, key, project, environment, agent, epoch, first_sequence,"
            + " last_sequence, digest, signature, received_at";

    private static final String WITHDRAWN = EventCatalogue.nameOf(ContentWithdrawn.class);

    private static final String VERSION = ".v";

    private final JdbcClient database;

    StoredRecords(JdbcClient database) {
        this.database = database;
    }

    /** The event at a position. */
    public Optional<LogRecord> event(long position) {
        return database.sql("select " + EVENT_COLUMNS + " from ledger.event where global_index = ?")
                .param(position).query(StoredRecords::event).optional();
    }

    /** Of the batch in which an agent sent an event; empty: it was not signed. */
    public Optional<SignatureRecord> signature(String project, String environment, Origin origin) {
        return database.sql("select " + SIGNATURE_COLUMNS + """
                 from ledger.batch_signature where epoch = ? and first_sequence <= ? and last_sequence >= ?
                    and project = ? and environment = ? and agent = ?
                order by first_sequence desc limit 1
                """).params(origin.epoch(), origin.sequence(), origin.sequence(), project, environment, origin.agent())
                .query(StoredRecords::signature).optional();
    }

    /** Events by position without their payloads: those after one, up to another. */
    List<LogRecord> events(long after, long to, int most) {
        return database.sql("select " + DIGEST_COLUMNS
                + " from ledger.event where global_index > ? and global_index <= ? order by global_index limit ?")
                .params(after, to, most)
                .query(StoredRecords::digest)
                .list();
    }

    /** Signatures by id: those after one, up to another. */
    List<SignatureRecord> signatures(long after, long to, int most) {
        return database.sql("select " + SIGNATURE_COLUMNS
                + " from ledger.batch_signature where id > ? and id <= ? order by id limit ?")
                .params(after, to, most)
                .query(StoredRecords::signature)
                .list();
    }

    /**
     * A leaf with the row that it was made of, as that is now.
     *
     * @param event position of the event; absent for a signature
     * @param signature id of the signature; absent for an event
     * @param hash as the log has it
     * @param text what the row makes now; absent if there is no such row
     * @param stream that the row is about now
     */
    public record StoredLeaf(
            long leaf, @Nullable Long event, @Nullable Long signature, LogHash hash, @Nullable String text,
            @Nullable String stream) {

        private StoredLeaf with(@Nullable LogRecord row) {
            return row == null ? this : new StoredLeaf(leaf, event, signature, hash, row.canonicalText(), row.stream());
        }

        private StoredLeaf with(@Nullable SignatureRecord row) {
            return row == null
                    ? this
                    : new StoredLeaf(leaf, event, signature, hash, row.canonicalText(),
                            row.project() + '/' + row.environment());
        }
    }

    /** The leaves from one up to, and without, another. */
    public List<StoredLeaf> leaves(long from, long to) {
        List<StoredLeaf> leaves = database.sql(
                "select leaf, event, signature, hash from ledger.log_leaf where leaf >= ? and leaf < ? order by leaf")
                .params(from, to)
                .query((row, _) -> new StoredLeaf(row.getLong(1), row.getObject(2, Long.class),
                        row.getObject(3, Long.class), LogHash.of(row.getBytes(4)), null, null))
                .list();
        Map<Long, LogRecord> events = new HashMap<>();
        database.sql("select " + DIGEST_COLUMNS + " from ledger.event where global_index = any(?)")
                .param(leaves.stream().map(StoredLeaf::event).filter(Objects::nonNull).toArray(Long[]::new))
                .query(StoredRecords::digest).list()
                .forEach(event -> events.put(event.position(), event));
        Map<Long, SignatureRecord> signatures = new HashMap<>();
        database.sql("select " + SIGNATURE_COLUMNS + " from ledger.batch_signature where id = any(?)")
                .param(leaves.stream().map(StoredLeaf::signature).filter(Objects::nonNull).toArray(Long[]::new))
                .query(StoredRecords::signature).list()
                .forEach(signature -> signatures.put(signature.number(), signature));
        return leaves.stream()
                .map(it -> it.event == null ? it.with(signatures.get(it.signature)) : it.with(events.get(it.event)))
                .toList();
    }

    private static SignatureRecord signature(ResultSet row, int number) throws SQLException {
        return new SignatureRecord(row.getLong(1), row.getString(2), row.getString(3), row.getString(4),
                row.getString(5), row.getObject(6, UUID.class), row.getLong(7), row.getLong(8), row.getString(9),
                row.getString(10), row.getTimestamp(11).toInstant());
    }

    /**
     * A row with {@link #EVENT_COLUMNS}. Where its content was withdrawn, the record is that of the event that was there, without its payload: so
     * its leaf stays the same.
     */
    public static LogRecord event(ResultSet row, int number) throws SQLException {
        return withdrawn(row).orElse(record(row, row.getString(5), row.getString(6), text(row.getBytes(9)), null));
    }

    private static LogRecord digest(ResultSet row, int number) throws SQLException {
        return withdrawn(row).orElse(record(row, row.getString(5), row.getString(6), null, row.getString(10)));
    }

    private static Optional<LogRecord> withdrawn(ResultSet row) throws SQLException {
        if (!(row.getString(5) + VERSION + row.getString(6)).equals(WITHDRAWN)) {
            return Optional.empty();
        }
        try {
            ContentWithdrawn marker = (ContentWithdrawn) ContractJson.readEvent(row.getBytes(9), WITHDRAWN);
            int version = marker.withdrawnType().lastIndexOf(VERSION);
            return version < 0
                    ? Optional.empty()
                    : Optional.of(record(row, marker.withdrawnType().substring(0, version),
                            marker.withdrawnType().substring(version + VERSION.length()), null, marker.digest()));
        } catch (WireException notAMarker) {
            // Someone changed the row by hand. As it is, it makes another leaf, and that is found.
            return Optional.empty();
        }
    }

    private static LogRecord record(
            ResultSet row, String type, String revision, @Nullable String payload, @Nullable String payloadDigest)
            throws SQLException {
        return new LogRecord(row.getLong(1), row.getString(2), row.getString(3), row.getLong(4), type, revision,
                row.getString(7), payload, payloadDigest, text(row.getBytes(8)));
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
