package dev.migrationledger.ledger.ingest;

import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.identity.AgentSignature;
import dev.migrationledger.contracts.identity.AgentSignature.Purpose;
import dev.migrationledger.ledger.identity.AgentKeys;
import dev.migrationledger.ledger.identity.AgentKeys.Check;
import dev.migrationledger.ledger.identity.AgentKeys.Check.Refused;
import dev.migrationledger.ledger.identity.AgentKeys.Check.Trusted;
import dev.migrationledger.ledger.ingest.IngestResult.Kind;
import dev.migrationledger.ledger.ingest.IngestResult.Rejection;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Checks the signatures of batches and keeps them. A batch's proof is stored after its events and before its receipt: an agent sends again
 * what it has no receipt for, so nothing that it forgets is without proof.
 */
final class SignedBatches {

    private final JdbcClient database;
    private final AgentKeys keys;

    SignedBatches(JdbcClient database, AgentKeys keys) {
        this.database = database;
        this.keys = keys;
    }

    /**
     * A batch as it was sent.
     *
     * @param digest SHA-256 of its JSON before it was compressed, in lower-case hexadecimal
     */
    record Signed(EventBatch batch, String digest, AgentSignature signature) {
        AgentEnvelope first() {
            return batch.events().getFirst();
        }

        long last() {
            return batch.events().getLast().sequence();
        }
    }

    /** Whether the batch may be recorded. */
    Check check(Signed signed) {
        AgentEnvelope first = signed.first();
        return switch (keys.check(signed.signature(), Purpose.BATCH, signed.digest(), first.project(),
                first.environment())) {
            case Trusted trusted -> laterEpoch(signed, trusted.since())
                    .<Check>map(later -> keys.suspend(signed.signature().key(), first.project(), first.environment(),
                            first.agent(), first.epoch(), later))
                    .orElse(trusted);
            case Refused refused -> refused;
        };
    }

    static Rejection rejection(Refused refused) {
        return new Rejection(Kind.UNTRUSTED, refused.code(), refused.detail(), null);
    }

    /**
     * The epoch that took over from the batch's own. An agent that began an epoch never goes back to an earlier one, so two programs use its
     * key and its name.
     */
    private Optional<UUID> laterEpoch(Signed signed, Instant since) {
        AgentEnvelope first = signed.first();
        Optional<UUID> latest = database.sql("""
                select epoch from ledger.batch_signature where key = ? and project = ? and environment = ? and agent = ?
                and received_at >= ? order by id desc limit 1
                """)
                .params(signed.signature().key(), first.project(), first.environment(), first.agent(),
                        Timestamp.from(since))
                .query(UUID.class).optional();
        return latest.filter(epoch -> !epoch.equals(first.epoch())).filter(_ -> goesOn(signed, since));
    }

    /** Whether the batch goes on with an epoch: one that arrives a second time, late, brings nothing new. */
    private boolean goesOn(Signed signed, Instant since) {
        AgentEnvelope first = signed.first();
        return database.sql("""
                select coalesce(max(last_sequence), ?) < ? from ledger.batch_signature
                where key = ? and project = ? and environment = ? and agent = ? and received_at >= ? and epoch = ?
                """)
                .params(signed.last(), signed.last(), signed.signature().key(), first.project(), first.environment(),
                        first.agent(), Timestamp.from(since), first.epoch())
                .query(Boolean.class).single();
    }

    /** Keeps the proof of a recorded batch. */
    void keep(Signed signed, Instant now) {
        AgentEnvelope first = signed.first();
        database.sql(
                """
                        insert into ledger.batch_signature (key, project, environment, agent, epoch, first_sequence, last_sequence,
                        digest, signature, received_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
                        """)
                .params(signed.signature().key(), first.project(), first.environment(), first.agent(), first.epoch(),
                        first.sequence(), signed.last(), signed.digest(), signed.signature().value(),
                        Timestamp.from(now))
                .update();
    }
}
