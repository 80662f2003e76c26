package dev.migrationledger.ledger.identity.pipelines;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTParser;
import dev.migrationledger.contracts.text.Redaction;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.client.RestTemplate;

/** Checks id tokens of issuers that an administrator named. Nothing is asked of any other. */
public final class IdTokens {

    private static final Logger log = LoggerFactory.getLogger(IdTokens.class);

    /** An issuer's clock may differ from the ledger's. */
    static final Duration SKEW = Duration.ofSeconds(60);

    /** The largest tokens of GitHub and GitLab have 3,000. */
    private static final int LONGEST = 16_000;

    /** What an issuer's answer takes at most, before the caller is told to come again. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final int SHOWN = 200;

    private final @Nullable String audience;
    private final Clock clock;
    private final RestTemplate http;
    private final Map<String, JwtDecoder> decoders = new ConcurrentHashMap<>();

    /**
     * Checks tokens for a ledger.
     *
     * @param audience what tokens for this ledger name as {@code aud}; absent: none are accepted
     */
    public IdTokens(@Nullable String audience, Clock clock) {
        this.audience = audience;
        this.clock = clock;
        SimpleClientHttpRequestFactory factory = new SimpleClientHttpRequestFactory();
        factory.setConnectTimeout(PATIENCE);
        factory.setReadTimeout(PATIENCE);
        this.http = new RestTemplate(factory);
    }

    /** What a token is worth. */
    sealed interface Check {
        /**
         * Its issuer signed it for this ledger, and it is in its time.
         *
         * @param id the claim {@code jti}; absent: it has none
         */
        record Genuine(TokenClaims claims, @Nullable String id, Instant until) implements Check {}

        /**
         * It is not, and never will be.
         *
         * @param detail what is wrong
         */
        record Wrong(String detail) implements Check {}

        /**
         * The issuer's keys cannot be read now.
         *
         * @param detail the issuer, and what to do
         */
        record Unknown(String detail) implements Check {}
    }

    /**
     * What a token is worth.
     *
     * @param trusted whether an administrator named this issuer
     */
    Check check(String token, Predicate<String> trusted) {
        if (token.length() > LONGEST) {
            return new Check.Wrong("The token has %,d characters; it may have %,d.".formatted(token.length(), LONGEST));
        }
        String issuer;
        try {
            JWT parsed = JWTParser.parse(token);
            if (!(parsed.getHeader().getAlgorithm() instanceof JWSAlgorithm algorithm)
                    || SignatureAlgorithm.from(algorithm.getName()) == null) {
                return new Check.Wrong("The token is signed with '%s'. The ledger accepts %s."
                        .formatted(shown(String.valueOf(parsed.getHeader().getAlgorithm())), algorithms()));
            }
            issuer = parsed.getJWTClaimsSet().getIssuer();
        } catch (ParseException e) {
            log.atDebug().setCause(e).log("cannot read an id token");
            return new Check.Wrong("The token is not a JSON Web Token. Send the id token as it was issued.");
        }
        if (issuer == null || !trusted.test(issuer)) {
            return new Check.Wrong("The token's issuer '%s' is not trusted. Ask an administrator to trust the pipeline."
                    .formatted(issuer == null ? "" : shown(issuer)));
        }
        return check(token, issuer);
    }

    private Check check(String token, String issuer) {
        try {
            Jwt genuine = decoder(issuer).decode(token);
            return new Check.Genuine(new TokenClaims(issuer, genuine.getClaims()), genuine.getId(),
                    genuine.getExpiresAt() == null ? clock.instant() : genuine.getExpiresAt());
        } catch (JwtValidationException e) {
            return new Check.Wrong(String.valueOf(e.getErrors().iterator().next().getDescription()));
        } catch (BadJwtException e) {
            log.atDebug().setCause(e).log("cannot verify an id token");
            return new Check.Wrong("The token's signature does not match a key of '%s'.".formatted(shown(issuer)));
        } catch (RuntimeException e) {
            // Spring reports an unreachable issuer as an exception of one of many types.
            log.atWarn().addKeyValue("issuer", issuer).addKeyValue("error", e.getMessage())
                    .log("cannot read the keys of an issuer");
            return new Check.Unknown("The keys of the issuer '%s' cannot be read. Check that the ledger reaches it."
                    .formatted(shown(issuer)));
        }
    }

    /** Its keys are found by the issuer's own description, when its first token comes, and kept for a few minutes. */
    private JwtDecoder decoder(String issuer) {
        JwtDecoder known = decoders.get(issuer);
        if (known != null) {
            return known;
        }
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withIssuerLocation(issuer)
                .restOperations(http)
                .jwsAlgorithms(all -> all.addAll(List.of(SignatureAlgorithm.values())))
                .build();
        decoder.setJwtValidator(token -> problems(token, issuer));
        decoders.put(issuer, decoder);
        return decoder;
    }

    private OAuth2TokenValidatorResult problems(Jwt token, String issuer) {
        Instant now = clock.instant();
        String problem;
        if (!issuer.equals(token.getClaimAsString("iss"))) {
            problem = "The token's issuer is not '%s'.".formatted(shown(issuer));
        } else if (token.getExpiresAt() == null || !now.isBefore(token.getExpiresAt().plus(SKEW))) {
            problem = "The token expired at %s. Send a new one.".formatted(token.getExpiresAt());
        } else if (token.getNotBefore() != null && now.isBefore(token.getNotBefore().minus(SKEW))) {
            problem = "The token is valid from %s, and the ledger's clock shows %s. Compare the clocks."
                    .formatted(token.getNotBefore(), now);
        } else if (token.getIssuedAt() != null && now.isBefore(token.getIssuedAt().minus(SKEW))) {
            problem = "The token was issued at %s, and the ledger's clock shows %s. Compare the clocks."
                    .formatted(token.getIssuedAt(), now);
        } else if (audience == null || token.getAudience() == null || !token.getAudience().contains(audience)) {
            problem = "The token's audience is %s, not '%s'. Request a token for '%s'.".formatted(
                    shown(token.getAudience() == null ? List.of() : token.getAudience()), audience, audience);
        } else {
            return OAuth2TokenValidatorResult.success();
        }
        return OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_token", problem, null));
    }

    private static String algorithms() {
        return String.join(", ", List.of(SignatureAlgorithm.values()).stream().map(SignatureAlgorithm::getName)
                .toList());
    }

    private static String shown(Collection<String> texts) {
        return "'%s'".formatted(shown(String.join(", ", texts)));
    }

    /** Who sends a token writes what it says. */
    private static String shown(String text) {
        String hidden = Redaction.of(text);
        return hidden.length() <= SHOWN ? hidden : hidden.substring(0, SHOWN) + "…";
    }
}
