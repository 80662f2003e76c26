package dev.migrationledger.ledger.ingest;

import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.text.Sha256;
import dev.migrationledger.ledger.identity.AgentProof;

/**
 * A batch that an agent signed.
 *
 * @param digest SHA-256 of its JSON before it was compressed, in lower-case hexadecimal
 */
public record SignedBatch(EventBatch batch, String digest, AgentProof proof) {

    /**
     * A batch as it came.
     *
     * @param json of the batch, before it was compressed
     */
    public static SignedBatch of(EventBatch batch, byte[] json, AgentProof proof) {
        return new SignedBatch(batch, Sha256.hex(json), proof);
    }

    AgentEnvelope first() {
        return batch.events().getFirst();
    }

    long last() {
        return batch.events().getLast().sequence();
    }
}
