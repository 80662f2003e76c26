package dev.migrationledger.ledger.ingest;

import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.identity.Ed25519Signature.Purpose;
import dev.migrationledger.ledger.identity.AgentKeys;
import dev.migrationledger.ledger.identity.AgentKeys.Check;
import dev.migrationledger.ledger.identity.AgentKeys.Check.Refused;
import dev.migrationledger.ledger.ingest.IngestResult.Kind;
import dev.migrationledger.ledger.ingest.IngestResult.Rejection;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Checks the signatures of batches and keeps them. A batch's proof is stored after its events and before its receipt: an agent sends again
 * what it has no receipt for, so nothing that it forgets is without proof.
 */
final class SignedBatches {

    private final JdbcOperations jdbc;
    private final AgentKeys keys;

    SignedBatches(JdbcOperations jdbc, AgentKeys keys) {
        this.jdbc = jdbc;
        this.keys = keys;
    }

    /** Whether the batch may be recorded. */
    Check check(SignedBatch signed) {
        AgentEnvelope first = signed.first();
        return keys.check(signed.proof(), Purpose.BATCH, signed.digest(), first.project(), first.environment());
    }

    static Rejection rejection(Refused refused) {
        return new Rejection(Kind.UNTRUSTED, refused.code(), refused.detail(), null);
    }

    /** Keeps the proofs of recorded batches. */
    void keep(List<SignedBatch> batches, Instant now) {
        jdbc.batchUpdate(
                """
                        insert into ledger.batch_signature (key, project, environment, agent, epoch, first_sequence, last_sequence,
                        digest, signature, received_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
                        """,
                batches.stream().map(it -> {
                    AgentEnvelope first = it.first();
                    return new Object[]{it.proof().signature().key(), first.project(), first.environment(),
                        first.agent(), first.epoch(), first.sequence(), it.last(), it.digest(),
                        it.proof().signature().value(), Timestamp.from(now)};
                }).toList());
    }
}
