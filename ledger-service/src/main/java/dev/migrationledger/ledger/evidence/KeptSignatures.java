package dev.migrationledger.ledger.evidence;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.envelope.RecordedEvent.Origin;
import dev.migrationledger.contracts.identity.Ed25519Signature;
import dev.migrationledger.contracts.identity.SignatureReport;
import dev.migrationledger.contracts.identity.SignatureReport.CheckedEvents;
import dev.migrationledger.ledger.identity.AgentKeys;
import dev.migrationledger.ledger.recording.store.EventLog;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Checks the kept signatures of an environment against its events. Reads all of its events, one batch at a time. */
final class KeptSignatures {

    private final JdbcClient database;
    private final AgentKeys keys;
    private final EventLog log;

    KeptSignatures(JdbcClient database, AgentKeys keys, EventLog log) {
        this.database = database;
        this.keys = keys;
        this.log = log;
    }

    /**
     * What is kept of a signed batch.
     *
     * @param digest SHA-256 of its JSON, in lower-case hexadecimal
     */
    record Kept(long firstSequence, long lastSequence, String digest, Ed25519Signature signature) {}

    /** @param publicKey X.509 SubjectPublicKeyInfo in base 64 */
    record SigningKey(String name, String publicKey) {}

    private record Epoch(String agent, UUID epoch) {}

    SignatureReport report(String project, String environment) {
        Map<Epoch, EpochSignatures> epochs = new LinkedHashMap<>();
        Map<String, Optional<SigningKey>> known = new HashMap<>();
        try (Stream<RecordedEvent> events = log.of(StreamId.of(project, environment))) {
            events.forEachOrdered(event -> {
                Origin origin = event.origin();
                if (origin != null) {
                    epochs.computeIfAbsent(new Epoch(origin.agent(), origin.epoch()),
                            epoch -> new EpochSignatures(origin, kept(project, environment, epoch),
                                    id -> known.computeIfAbsent(id, this::key)))
                            .add(event);
                }
            });
        }
        List<CheckedEvents> checked = epochs.values().stream().flatMap(epoch -> epoch.end().stream()).toList();
        return new SignatureReport(project, environment, checked);
    }

    private Optional<SigningKey> key(String id) {
        return keys.publicKey(id).map(publicKey -> new SigningKey(keys.name(id), publicKey));
    }

    private List<Kept> kept(String project, String environment, Epoch epoch) {
        return database.sql("""
                select first_sequence, last_sequence, digest, key, signature from ledger.batch_signature
                where project = ? and environment = ? and agent = ? and epoch = ? order by last_sequence, id
                """)
                .params(project, environment, epoch.agent(), epoch.epoch())
                .query((row, _) -> new Kept(row.getLong(1), row.getLong(2), row.getString(3),
                        new Ed25519Signature(row.getString(4), row.getString(5))))
                .list();
    }
}
