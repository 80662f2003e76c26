package dev.migrationledger.core.checkpoint;

import dev.migrationledger.contracts.identity.Ed25519Signature;
import dev.migrationledger.contracts.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An Ed25519 key that signs notes under a name, as C2SP signed-note has it.
 *
 * @param id the first four bytes of the SHA-256 digest of name and key, in hexadecimal: names the key in a signature
 */
public record NoteKey(String name, String id, PublicKey publicKey) {

    private static final String ALGORITHM = "Ed25519";
    private static final byte ED25519 = 1;
    private static final int RAW_BYTES = 32;

    /** What X.509 puts before the 32 bytes of an Ed25519 key. */
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final Pattern VERIFIER_KEY = Pattern.compile("([^+\\s]+)\\+([0-9a-f]{8})\\+([A-Za-z0-9+/=]+)");

    /**
     * A key under a name.
     *
     * @param publicKey X.509 SubjectPublicKeyInfo in base 64
     * @throws IllegalArgumentException if the name has spaces or {@code +}, or the key is not an Ed25519 key
     */
    public static NoteKey of(String name, String publicKey) {
        checkName(name);
        PublicKey key = Ed25519Signature.publicKey(publicKey);
        return new NoteKey(name, id(name, raw(key)), key);
    }

    /**
     * Reads the form that tools for signed notes take: {@code NAME+ID+KEY}.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public static NoteKey parse(String verifierKey) {
        Matcher parts = VERIFIER_KEY.matcher(verifierKey);
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + verifierKey + "' is not a verifier key such as NAME+ID+KEY");
        }
        byte[] typed = Base64.getDecoder().decode(parts.group(3));
        if (typed.length != RAW_BYTES + 1 || typed[0] != ED25519) {
            throw new IllegalArgumentException("the key of '" + verifierKey + "' is not an Ed25519 key");
        }
        byte[] x509 = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + RAW_BYTES);
        System.arraycopy(typed, 1, x509, X509_PREFIX.length, RAW_BYTES);
        NoteKey key = of(parts.group(1), Base64.getEncoder().encodeToString(x509));
        if (!key.id.equals(parts.group(2))) {
            throw new IllegalArgumentException(
                    "the id of '" + verifierKey + "' is " + key.id + " by its name and its key");
        }
        return key;
    }

    /** As {@link #parse} reads it. */
    public String verifierKey() {
        return name + '+' + id + '+' + Base64.getEncoder().encodeToString(typed(raw(publicKey)));
    }

    /** The key without its name: X.509 SubjectPublicKeyInfo in base 64. */
    public String x509() {
        return Base64.getEncoder().encodeToString(publicKey.getEncoded());
    }

    /** The same key under another name. */
    public NoteKey named(String other) {
        return of(other, x509());
    }

    /** Whether this key made a signature of a text. */
    boolean signed(String text, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(publicKey);
            verifier.update(text.getBytes(StandardCharsets.UTF_8));
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    static byte[] sign(String text, PrivateKey privateKey) {
        try {
            Signature signer = Signature.getInstance(ALGORITHM);
            signer.initSign(privateKey);
            signer.update(text.getBytes(StandardCharsets.UTF_8));
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the key cannot sign", e);
        }
    }

    static void checkName(String name) {
        if (name.isEmpty() || name.indexOf('+') >= 0 || name.chars().anyMatch(Character::isWhitespace)
                || name.chars().anyMatch(Character::isSpaceChar)) {
            throw new IllegalArgumentException("'" + name + "' cannot name a log: it must have no space and no '+'");
        }
    }

    private static byte[] raw(PublicKey key) {
        byte[] x509 = key.getEncoded();
        return Arrays.copyOfRange(x509, x509.length - RAW_BYTES, x509.length);
    }

    private static byte[] typed(byte[] raw) {
        byte[] typed = new byte[raw.length + 1];
        typed[0] = ED25519;
        System.arraycopy(raw, 0, typed, 1, raw.length);
        return typed;
    }

    private static String id(String name, byte[] raw) {
        MessageDigest digest = Sha256.digest();
        digest.update((name + '\n').getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest(typed(raw)), 0, Integer.BYTES);
    }
}
