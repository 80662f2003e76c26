package dev.migrationledger.contracts.log;

import java.time.Instant;
import java.util.UUID;

/**
 * The signature of a batch that an agent sent, as the ledger keeps it: a leaf of its own in the evidence log, because it may come later than its events.
 *
 * @param number of the signature in the ledger; not every number is used
 * @param key id of the key: SHA-256 of its X.509 form, in lower-case hexadecimal
 * @param digest SHA-256 of the batch's JSON, in lower-case hexadecimal
 * @param signature in base 64
 * @param receivedAt to the microsecond
 */
public record SignatureRecord(
        long number, String key, String project, String environment, String agent, UUID epoch, long firstSequence,
        long lastSequence, String digest, String signature, Instant receivedAt) {

    private static final String FORM = "migration-ledger signature v1";

    /** What is hashed, in UTF-8: twelve lines. */
    public String canonicalText() {
        return leaf().toString();
    }

    /** The hash of its leaf. */
    public LogHash leafHash() {
        return leaf().hash();
    }

    private LeafText leaf() {
        return new LeafText(FORM)
                .line(number)
                .line(key)
                .line(project)
                .line(environment)
                .line(agent)
                .line(epoch)
                .line(firstSequence)
                .line(lastSequence)
                .line(digest)
                .line(signature)
                .line(receivedAt);
    }
}
