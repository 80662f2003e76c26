package dev.migrationledger.contracts.log;

import dev.migrationledger.contracts.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/** A hash of the tree, as RFC 6962 makes it: of a leaf, of two subtrees, or of nothing. */
public final class LogHash {

    /** How many bytes a hash has. */
    public static final int BYTES = 32;

    /** Of a tree without leaves. */
    public static final LogHash EMPTY = new LogHash(Sha256.digest().digest());

    /** Keeps a leaf from being taken for a node, and the other way round. */
    private static final byte LEAF = 0;

    private static final byte NODE = 1;

    private final byte[] bytes;

    private LogHash(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * A hash that was stored.
     *
     * @throws IllegalArgumentException if these are not 32 bytes
     */
    public static LogHash of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a hash has 32 bytes, not " + bytes.length);
        }
        return new LogHash(bytes.clone());
    }

    /**
     * A hash as JSON has it.
     *
     * @param base64 in the standard alphabet, padded
     * @throws IllegalArgumentException if it is none
     */
    public static LogHash parse(String base64) {
        LogHash hash = of(Base64.getDecoder().decode(base64));
        if (!hash.base64().equals(base64)) {
            throw new IllegalArgumentException("'" + base64 + "' is not a hash in base 64");
        }
        return hash;
    }

    /** The hash of a leaf. */
    public static LogHash leaf(byte[] content) {
        MessageDigest digest = Sha256.digest();
        digest.update(LEAF);
        return new LogHash(digest.digest(content));
    }

    /** The hash of a leaf with this text, in UTF-8. */
    public static LogHash leaf(String content) {
        return leaf(content.getBytes(StandardCharsets.UTF_8));
    }

    /** The hash above two subtrees. */
    public static LogHash node(LogHash left, LogHash right) {
        MessageDigest digest = Sha256.digest();
        digest.update(NODE);
        digest.update(left.bytes);
        return new LogHash(digest.digest(right.bytes));
    }

    /** A copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** As JSON and checkpoints have it. */
    public String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LogHash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return base64();
    }
}
