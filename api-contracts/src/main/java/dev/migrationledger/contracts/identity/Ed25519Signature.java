package dev.migrationledger.contracts.identity;

import dev.migrationledger.contracts.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * Proof of who made something, whatever the transport: a key's signature of the purpose and the SHA-256 digest of the bytes, before they
 * are compressed. Who keeps the digest can check the signature later without the bytes.
 *
 * @param key SHA-256 of the public key, in lower-case hexadecimal
 * @param value in base 64
 */
public record Ed25519Signature(String key, String value) {

    /** The header with the id of the key. */
    public static final String KEY_HEADER = "Migration-Ledger-Key";

    /** The header with the signature. */
    public static final String SIGNATURE_HEADER = "Migration-Ledger-Signature";

    private static final String ALGORITHM = "Ed25519";

    /** What the bytes are for: a signature for one purpose is not valid for another. */
    public enum Purpose {
        BATCH,
        HEARTBEAT,
        ENROLMENT,
        RENEWAL,
        GATE,
        /** Of a ledger, not of an agent. */
        POLICY
    }

    /**
     * Signs bytes.
     *
     * @throws IllegalArgumentException if the key is not an Ed25519 key
     */
    public static Ed25519Signature of(Purpose purpose, byte[] bytes, String key, PrivateKey privateKey) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(privateKey);
            signature.update(message(purpose, Sha256.hex(bytes)));
            return new Ed25519Signature(key, Base64.getEncoder().encodeToString(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the key cannot sign", e);
        }
    }

    /**
     * Whether the key signed bytes with this digest.
     *
     * @param digest SHA-256, in lower-case hexadecimal
     */
    public boolean signs(Purpose purpose, String digest, PublicKey publicKey) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(publicKey);
            signature.update(message(purpose, digest));
            return signature.verify(Base64.getDecoder().decode(value));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * A public key as events and requests have it.
     *
     * @param text X.509 SubjectPublicKeyInfo in base 64
     * @throws IllegalArgumentException if it is not an Ed25519 key
     */
    public static PublicKey publicKey(String text) {
        try {
            return KeyFactory.getInstance(ALGORITHM)
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(text)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a public key of Ed25519", e);
        }
    }

    /** The id of a public key. */
    public static String keyId(PublicKey publicKey) {
        return Sha256.hex(publicKey.getEncoded());
    }

    /**
     * The bytes that are signed.
     *
     * @param digest SHA-256, in lower-case hexadecimal
     */
    public static byte[] message(Purpose purpose, String digest) {
        return ("migration-ledger " + purpose + " v1 " + digest).getBytes(StandardCharsets.US_ASCII);
    }
}
