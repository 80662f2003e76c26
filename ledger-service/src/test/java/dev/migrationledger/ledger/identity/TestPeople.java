package dev.migrationledger.ledger.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.identity.AgentKey;
import dev.migrationledger.contracts.identity.Ed25519Signature.Purpose;
import dev.migrationledger.contracts.identity.Ed25519Signature;
import dev.migrationledger.contracts.identity.KeyState;
import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.contracts.text.Sha256;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.identity.agents.AgentsResult;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

/** People with roles, for tests of other packages. */
public final class TestPeople {

    private TestPeople() {}

    /**
     * An access token of a new person.
     *
     * @param role absent: the person has none
     * @param project absent: in all projects
     */
    public static String token(ApplicationContext ledger, @Nullable Role role, @Nullable String project) {
        Identities identities = ledger.getBean(Identities.class);
        String person = "https://id.example.org " + UUID.randomUUID();
        if (role != null) {
            identities.grant(person, role, project, "local");
        }
        return identities.issueToken(person, "test", role == null ? Role.VIEWER : role, project, Duration.ofDays(1))
                .orElseThrow().text();
    }

    /** The code of a new link for the local administrator. */
    public static String link(ApplicationContext ledger) {
        return ledger.getBean(Identities.class).issueLink().text();
    }

    /** The id of a new key of an agent. */
    public static String key(ApplicationContext ledger, String project) {
        return enrolled(ledger, project, pair().getPublic());
    }

    /** The same of a key that two holders renewed. */
    public static String suspendedKey(ApplicationContext ledger, String project) {
        AgentKeys keys = ledger.getBean(AgentKeys.class);
        KeyPair pair = pair();
        String id = enrolled(ledger, project, pair.getPublic());
        SecureRandom random = new SecureRandom();
        KeyState first = KeyState.first(random);
        assertThat(renewed(keys, pair, id, first, first.next(random))).isInstanceOf(AgentKeys.Check.Trusted.class);
        assertThat(renewed(keys, pair, id, first, first.next(random))).isInstanceOf(AgentKeys.Check.Refused.class);
        return id;
    }

    private static AgentKeys.Check renewed(AgentKeys keys, KeyPair pair, String id, KeyState shown, KeyState next) {
        byte[] renewal = ContractJson.write(new AgentKey.Renewal(shown.toString(), next.toString()));
        return keys.renew(Ed25519Signature.of(Purpose.RENEWAL, renewal, id, pair.getPrivate()), Sha256.hex(renewal),
                shown, next, "127.0.0.1");
    }

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String enrolled(ApplicationContext ledger, String project, PublicKey key) {
        AgentKeys keys = ledger.getBean(AgentKeys.class);
        String code = Objects
                .requireNonNull(keys.issue(project, "*", Duration.ofDays(1), "local", null).code().value());
        String id = Ed25519Signature.keyId(key);
        assertThat(keys.enrol(code, id, Base64.getEncoder().encodeToString(key.getEncoded()), "db-1"))
                .isEqualTo(AgentsResult.DONE);
        return id;
    }
}
