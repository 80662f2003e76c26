package dev.migrationledger.ledger.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.identity.Ed25519Signature;
import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.ledger.identity.agents.AgentsResult;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
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

    /** The id of a new key of an agent. */
    public static String key(ApplicationContext ledger, String project) {
        AgentKeys keys = ledger.getBean(AgentKeys.class);
        try {
            PublicKey key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic();
            String code = Objects.requireNonNull(
                    keys.issue(project, "*", Duration.ofDays(1), "local").code().value());
            String id = Ed25519Signature.keyId(key);
            assertThat(keys.enrol(code, id, Base64.getEncoder().encodeToString(key.getEncoded()), "db-1"))
                    .isEqualTo(AgentsResult.DONE);
            return id;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
