package dev.migrationledger.ledger.recording.store;

import dev.migrationledger.contracts.event.EventCatalogue;
import dev.migrationledger.contracts.event.LedgerEvent.ContentWithdrawn;
import dev.migrationledger.contracts.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.serialization.SerializedObject;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Replaces an event's content by a {@link ContentWithdrawn}. The only change of a recorded event that there is, made by hand and never
 * by a running ledger: see docs/adr/0018.
 */
public final class EventWithdrawal {

    private final JdbcClient database;
    private final RecordingSerializer serializer;

    EventWithdrawal(JdbcClient database, RecordingSerializer serializer) {
        this.database = database;
        this.serializer = serializer;
    }

    /** Where the id stands in the JSON of an event's header. */
    private static final int ID_FROM = "{\"eventId\":\"".length() + 1;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Row(long position, String stream, String type, byte[] payload) {}

    /**
     * Only inside a transaction, which then rebuilds the views.
     *
     * @return the environment as {@code project/environment}; empty where there is not exactly one such event, or its content is withdrawn already
     */
    public Optional<String> withdraw(UUID event, String reason, Instant now) {
        // Owners can do this, and nobody else: while it lasts, nobody records.
        database.sql("alter table ledger.event disable trigger event_is_for_good").update();
        List<Row> rows = database
                .sql("select global_index, stream, payload_type || '.v' || payload_revision, payload from ledger.event"
                        + " where substring(metadata from ? for 36) = ? and payload_type || '.v' || payload_revision <> ?")
                .params(ID_FROM, event.toString().getBytes(StandardCharsets.US_ASCII),
                        EventCatalogue.nameOf(ContentWithdrawn.class))
                .query((it, _) -> new Row(it.getLong(1), it.getString(2), it.getString(3), it.getBytes(4)))
                .list();
        Optional<Row> row = rows.size() == 1 ? Optional.of(rows.getFirst()) : Optional.empty();
        row.ifPresent(it -> replace(it, new ContentWithdrawn(
                it.type, Sha256.hex(it.payload), it.payload.length, reason, now)));
        database.sql("alter table ledger.event enable trigger event_is_for_good").update();
        return row.map(Row::stream);
    }

    private void replace(Row row, ContentWithdrawn marker) {
        SerializedObject<byte[]> event = serializer.serialize(marker, byte[].class);
        database.sql(
                "update ledger.event set payload_type = ?, payload_revision = ?, payload = ? where global_index = ?")
                .params(event.getType().getName(), event.getType().getRevision(), event.getData(), row.position)
                .update();
        database.sql("delete from ledger.snapshot where stream = ?").param(row.stream).update();
    }
}
