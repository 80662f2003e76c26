package dev.migrationledger.agent.gate;

import dev.migrationledger.contracts.policy.AcceptedFinding;
import dev.migrationledger.contracts.policy.EnvironmentPolicy;
import dev.migrationledger.contracts.policy.Policy;
import dev.migrationledger.contracts.policy.SignedPolicy;
import dev.migrationledger.contracts.wire.ContractJson;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Policies as a ledger signs them. */
final class TestPolicies {

    private static final KeyPair LEDGER = keys();

    private TestPolicies() {}

    /** Of an environment of navbot with the label {@code tier=prod}. */
    static SignedPolicy signed(
            String environment, int version, Policy policy, List<AcceptedFinding> baseline, Instant issuedAt) {
        return SignedPolicy.of(ContractJson.write(new EnvironmentPolicy(EnvironmentPolicy.FORM, "navbot", environment,
                Map.of("tier", "prod"), version, policy, baseline, issuedAt)), publicKey(LEDGER), LEDGER.getPrivate());
    }

    static String publicKey(KeyPair keys) {
        return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
    }

    static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
    }
}
