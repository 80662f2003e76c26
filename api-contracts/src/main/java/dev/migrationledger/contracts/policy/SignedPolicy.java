package dev.migrationledger.contracts.policy;

import dev.migrationledger.contracts.identity.Ed25519Signature;
import dev.migrationledger.contracts.identity.Ed25519Signature.Purpose;
import dev.migrationledger.contracts.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;

/**
 * A policy that a ledger signed, so that an agent can keep it where others may write.
 *
 * @param policy the JSON of an {@link EnvironmentPolicy}, as it was signed
 * @param publicKey the ledger's, X.509 SubjectPublicKeyInfo in base 64
 * @param signature of the policy's UTF-8, in base 64
 */
public record SignedPolicy(String policy, String publicKey, String signature) {

    /**
     * Signs a policy.
     *
     * @throws IllegalArgumentException if the keys are none of Ed25519
     */
    public static SignedPolicy of(byte[] policy, String publicKey, PrivateKey privateKey) {
        String key = Ed25519Signature.keyId(Ed25519Signature.publicKey(publicKey));
        return new SignedPolicy(new String(policy, StandardCharsets.UTF_8), publicKey,
                Ed25519Signature.of(Purpose.POLICY, policy, key, privateKey).value());
    }

    /** Whether its key signed it. */
    public boolean isGenuine() {
        try {
            PublicKey key = Ed25519Signature.publicKey(publicKey);
            return new Ed25519Signature(Ed25519Signature.keyId(key), signature).signs(Purpose.POLICY,
                    Sha256.hex(policy.getBytes(StandardCharsets.UTF_8)), key);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
