package dev.migrationledger.ledger.policy.signed;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.migrationledger.contracts.policy.EnvironmentPolicy;
import dev.migrationledger.contracts.policy.SignedPolicy;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.policy.ProjectPolicies;
import dev.migrationledger.ledger.policy.signed.SigningKeys.SigningKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Signs what deploys have to meet. */
public final class PolicySigner {

    /** So long one signature serves, as nothing it is about changes. */
    private static final Duration REMEMBERED = Duration.ofMinutes(5);

    private static final int MOST = 10_000;

    private final SigningKeys keys;
    private final Clock clock;
    private final Cache<Signed, SignedPolicy> signed = Caffeine.newBuilder().maximumSize(MOST)
            .expireAfterWrite(REMEMBERED).executor(Runnable::run).build();

    PolicySigner(SigningKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    private record Signed(
            String project, String environment, Map<String, String> labels, ProjectPolicies.Current current) {}

    /**
     * Signs.
     *
     * @param labels of the environment
     * @param current what counts there now
     */
    public SignedPolicy sign(
            String project, String environment, Map<String, String> labels, ProjectPolicies.Current current) {
        return signed.get(new Signed(project, environment, labels, current), this::sign);
    }

    private SignedPolicy sign(Signed about) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        SigningKey key = keys.key();
        return SignedPolicy.of(ContractJson.write(new EnvironmentPolicy(EnvironmentPolicy.FORM, about.project,
                about.environment, about.labels, about.current.version(), about.current.policy(),
                about.current.baseline(), now)), key.publicKey(), key.privateKey());
    }

    /** With which agents check signatures: X.509 SubjectPublicKeyInfo in base 64. */
    public String publicKey() {
        return keys.key().publicKey();
    }
}
