package dev.migrationledger.ledger.identity;

import dev.migrationledger.contracts.identity.Ed25519Signature;
import dev.migrationledger.contracts.identity.Ed25519Signature.Purpose;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * Checks what agents signed. By Bouncy Castle, because the JDK takes eight times as long (docs/adr/0087).
 */
public final class SignatureCheck {

    /** What X.509 writes before the 32 bytes of an Ed25519 key (RFC 8410). */
    private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private SignatureCheck() {}

    /**
     * As {@link Ed25519Signature#signs}.
     *
     * @param digest SHA-256 of what was signed, in lower-case hexadecimal
     * @param publicKey as {@link Ed25519Signature#publicKey} reads it
     */
    public static boolean signs(Ed25519Signature signature, Purpose purpose, String digest, String publicKey) {
        byte[] key;
        byte[] value;
        try {
            key = Base64.getDecoder().decode(publicKey);
            value = Base64.getDecoder().decode(signature.value());
        } catch (IllegalArgumentException e) {
            return false;
        }
        if (key.length != PREFIX.length + Ed25519PublicKeyParameters.KEY_SIZE
                || !Arrays.equals(key, 0, PREFIX.length, PREFIX, 0, PREFIX.length)) {
            return false;
        }
        Ed25519Signer signer = new Ed25519Signer();
        try {
            signer.init(false, new Ed25519PublicKeyParameters(key, PREFIX.length));
        } catch (IllegalArgumentException e) {
            return false; // no point of the curve
        }
        byte[] message = Ed25519Signature.message(purpose, digest);
        signer.update(message, 0, message.length);
        return signer.verifySignature(value);
    }
}
