package dev.migrationledger.ledger.bench;

import dev.migrationledger.contracts.identity.AgentKey;
import dev.migrationledger.contracts.identity.Ed25519Signature;
import dev.migrationledger.contracts.identity.Ed25519Signature.Purpose;
import dev.migrationledger.contracts.identity.KeyState;
import dev.migrationledger.contracts.wire.ContractJson;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** A key that ledgers have enrolled for every environment, in its first state. */
final class EnrolledKey {

    private static final KeyState STATE = new KeyState(1, "0123456789abcdefghijkl");

    private final KeyPair pair;

    private EnrolledKey(KeyPair pair) {
        this.pair = pair;
    }

    static EnrolledKey make() throws NoSuchAlgorithmException {
        return new EnrolledKey(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    }

    /** Has a ledger accept it. */
    void enrol(LoadedLedger ledger) throws Exception {
        AgentKey.Code code = ContractJson.read(ledger.post("/api/v1/agents/enrolment-codes",
                ContractJson.write(new AgentKey.CodeWanted("*", "*", null, null))).getBytes(StandardCharsets.UTF_8),
                AgentKey.Code.class);
        byte[] enrolment = ContractJson.write(new AgentKey.Enrolment(code.value(),
                Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()), "benchmark"));
        ledger.post("/api/v1/agents", enrolment, headers(Purpose.ENROLMENT, enrolment));
        byte[] renewal = ContractJson.write(new AgentKey.Renewal("0." + STATE.random(), STATE.toString()));
        ledger.post("/api/v1/agents/%s/renew".formatted(Ed25519Signature.keyId(pair.getPublic())), renewal,
                headers(Purpose.RENEWAL, renewal));
    }

    /** Names and values in turn. */
    String[] headers(Purpose purpose, byte[] bytes) {
        Ed25519Signature signature = Ed25519Signature.of(purpose, bytes, Ed25519Signature.keyId(pair.getPublic()),
                pair.getPrivate());
        return new String[]{Ed25519Signature.KEY_HEADER, signature.key(), Ed25519Signature.SIGNATURE_HEADER,
            signature.value(), KeyState.HEADER, STATE.toString()};
    }
}
