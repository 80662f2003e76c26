package dev.migrationledger.ledger.identity.issuers;

import dev.migrationledger.ledger.platform.StartupFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientProperties;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientProperties.Registration;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientPropertiesMapper;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;

/**
 * The issuers of Spring Boot's settings. Spring Boot asks each of them at its start, and does not start if one does not answer; here an issuer is
 * asked at the first sign-in, and again after a while if it did not answer.
 */
public final class Issuers implements ClientRegistrationRepository {

    /** Of the failure to find out about an issuer. */
    static final String UNREACHABLE = "issuer_unreachable";

    /** So long an issuer that does not answer is not asked again: each question holds a thread until its time is over. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private static final List<String> SCOPES = List.of("openid", "profile", "email");

    private final OAuth2ClientProperties properties;
    private final Clock clock;
    private final Map<String, ClientRegistration> known = new ConcurrentHashMap<>();
    private final Map<String, Instant> failed = new ConcurrentHashMap<>();
    private final ReentrantLock asking = new ReentrantLock();

    public Issuers(OAuth2ClientProperties properties, Clock clock) {
        this.properties = properties;
        this.clock = clock;
    }

    /** An issuer as the sign-in page names it. */
    public record Issuer(String id, String name) {}

    /** All of them, by id. */
    public List<Issuer> all() {
        return new TreeMap<>(properties.getRegistration()).entrySet().stream()
                .map(one -> new Issuer(one.getKey(), name(one.getKey(), one.getValue())))
                .toList();
    }

    /** How people call an issuer; that of an unknown id is "The issuer". */
    public String name(String id) {
        Registration registration = properties.getRegistration().get(id);
        return registration == null ? "The issuer" : name(id, registration);
    }

    private static String name(String id, Registration registration) {
        return registration.getClientName() == null ? id : registration.getClientName();
    }

    /**
     * Checks what can be checked without asking the issuers.
     *
     * @throws StartupFailure if no sign-in could succeed with these settings
     */
    public void check(List<ClaimRole> roles) {
        properties.getRegistration().forEach((id, registration) -> {
            String provider = registration.getProvider() == null ? id : registration.getProvider();
            OAuth2ClientProperties.Provider settings = properties.getProvider().get(provider);
            if (settings == null || settings.getIssuerUri() == null) {
                throw new StartupFailure("The issuer '%s' has no address.".formatted(id),
                        "Set spring.security.oauth2.client.provider.%s.issuer-uri. docs/identity.md says more."
                                .formatted(provider));
            }
        });
        for (int i = 0; i < roles.size(); i++) {
            String mistake = roles.get(i).mistake(properties.getRegistration().keySet());
            if (mistake != null) {
                throw new StartupFailure(
                        "ledger.identity.roles[%d] is not a role of an issuer: %s.".formatted(i, mistake),
                        "Correct it. docs/identity.md says how.");
            }
        }
    }

    @Override
    public @Nullable ClientRegistration findByRegistrationId(String id) {
        ClientRegistration registration = known.get(id);
        return registration != null || !properties.getRegistration().containsKey(id) ? registration : ask(id);
    }

    private ClientRegistration ask(String id) {
        try {
            if (!asking.tryLock(1, TimeUnit.SECONDS)) {
                throw unreachable("asked a moment ago");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(String.valueOf(e.getMessage()));
        }
        try {
            if (clock.instant().isBefore(failed.getOrDefault(id, Instant.MIN))) {
                throw unreachable("asked a moment ago");
            }
            return known.computeIfAbsent(id, this::read);
        } catch (IllegalArgumentException | IllegalStateException e) {
            failed.put(id, clock.instant().plus(PAUSE));
            throw unreachable(String.valueOf(e.getMessage()));
        } finally {
            asking.unlock();
        }
    }

    private ClientRegistration read(String id) {
        OAuth2ClientProperties one = new OAuth2ClientProperties();
        Registration registration = Objects.requireNonNull(properties.getRegistration().get(id));
        List<String> scopes = new ArrayList<>(registration.getScope() == null ? SCOPES : registration.getScope());
        if (!scopes.contains(SCOPES.getFirst())) {
            scopes.addFirst(SCOPES.getFirst());
        }
        one.getRegistration().put(id, registration);
        one.getProvider().putAll(properties.getProvider());
        return ClientRegistration
                .withClientRegistration(Objects.requireNonNull(
                        new OAuth2ClientPropertiesMapper(one).asClientRegistrations().get(id)))
                .scope(scopes).build();
    }

    private static OAuth2AuthenticationException unreachable(String detail) {
        return new OAuth2AuthenticationException(
                new OAuth2Error(UNREACHABLE, detail, null));
    }
}
