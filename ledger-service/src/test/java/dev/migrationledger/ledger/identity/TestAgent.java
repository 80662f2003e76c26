package dev.migrationledger.ledger.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.identity.AgentKey;
import dev.migrationledger.contracts.identity.Ed25519Signature;
import dev.migrationledger.contracts.identity.Ed25519Signature.Purpose;
import dev.migrationledger.contracts.identity.KeyState;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.platform.TestClient;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Base64;

/** An agent with a key of its own; a copy has the same key, and the state of the moment. */
public final class TestAgent {

    static final SecureRandom RANDOM = new SecureRandom();

    private final KeyPair pair;
    private KeyState state;

    private TestAgent(KeyPair pair, KeyState state) {
        this.pair = pair;
        this.state = state;
    }

    public static TestAgent make() throws Exception {
        return new TestAgent(KeyPairGenerator.getInstance("Ed25519").generateKeyPair(), KeyState.first(RANDOM));
    }

    /**
     * With a key that a ledger has enrolled for the environment, and that is not renewed yet.
     *
     * @param administrator headers, names and values in turn; none where the ledger asks for no sign-in
     */
    public static TestAgent enrolled(TestClient ledger, String project, String environment, String... administrator)
            throws Exception {
        TestAgent agent = make();
        String code = ContractJson.read(ledger.post("/api/v1/agents/enrolment-codes",
                ContractJson.write(new AgentKey.CodeWanted(project, environment, null, null)), administrator).body()
                .getBytes(StandardCharsets.UTF_8), AgentKey.Code.class).value();
        byte[] body = ContractJson.write(new AgentKey.Enrolment(code, agent.publicKey(), "db-1"));
        Ed25519Signature signature = agent.sign(Purpose.ENROLMENT, body);
        assertThat(ledger.post("/api/v1/agents", body, Ed25519Signature.KEY_HEADER, signature.key(),
                Ed25519Signature.SIGNATURE_HEADER, signature.value()).statusCode()).isEqualTo(201);
        return agent;
    }

    TestAgent copy() {
        return new TestAgent(pair, state);
    }

    KeyPair pair() {
        return pair;
    }

    public KeyState state() {
        return state;
    }

    /** The state that follows the agent's. */
    public KeyState next() {
        return state.next(RANDOM);
    }

    public void use(KeyState next) {
        state = next;
    }

    public String key() {
        return Ed25519Signature.keyId(pair.getPublic());
    }

    String publicKey() {
        return Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    }

    public Ed25519Signature sign(Purpose purpose, byte[] bytes) {
        return Ed25519Signature.of(purpose, bytes, key(), pair.getPrivate());
    }
}
