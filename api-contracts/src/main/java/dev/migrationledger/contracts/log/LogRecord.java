package dev.migrationledger.contracts.log;

import dev.migrationledger.contracts.text.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * A recorded event exactly as the ledger stores it: a leaf of the evidence log. Its canonical text holds digests of payload and metadata, so that
 * an event whose content was withdrawn keeps its leaf.
 *
 * @param position its place in the order of all events; not every number is used
 * @param id of the stored message; the event's own id is in the metadata
 * @param stream such as {@code navbot/production}
 * @param sequence its place in the stream
 * @param type its name in the event catalogue without the version; of a withdrawn event, the name of what was there
 * @param revision its version
 * @param time as it is stored
 * @param payload JSON of the event, as it is stored; absent where its content was withdrawn
 * @param payloadDigest SHA-256 of the payload's UTF-8 in lower-case hexadecimal, where the payload is absent
 * @param metadata JSON of when it happened and who saw it, as it is stored
 */
public record LogRecord(
        long position, String id, String stream, long sequence, String type, String revision, String time,
        @Nullable String payload, @Nullable String payloadDigest, String metadata) {

    private static final String FORM = "migration-ledger event v1";

    public LogRecord {
        if ((payload == null) == (payloadDigest == null)) {
            throw new IllegalArgumentException("a record has either a payload or the digest of one that was withdrawn");
        }
    }

    /** An event with its content. */
    public static LogRecord of(
            long position, String id, String stream, long sequence, String type, String revision, String time,
            String payload, String metadata) {
        return new LogRecord(position, id, stream, sequence, type, revision, time, payload, null, metadata);
    }

    /** What is hashed, in UTF-8: ten lines. */
    public String canonicalText() {
        return leaf().toString();
    }

    /** The hash of its leaf. */
    public LogHash leafHash() {
        return leaf().hash();
    }

    private LeafText leaf() {
        return new LeafText(FORM)
                .line(position)
                .line(id)
                .line(stream)
                .line(sequence)
                .line(type)
                .line(revision)
                .line(time)
                .line(payload == null ? String.valueOf(payloadDigest) : Sha256.hex(payload))
                .line(Sha256.hex(metadata));
    }
}
