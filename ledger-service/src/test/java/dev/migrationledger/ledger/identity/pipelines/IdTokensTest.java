package dev.migrationledger.ledger.identity.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.migrationledger.ledger.identity.pipelines.IdTokens.Check;
import dev.migrationledger.testsupport.issuer.TestIssuer;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tokens that are shown to a ledger, and what is wrong with them. */
class IdTokensTest {

    private static final String LEDGER = "https://ledger.example";

    private final TestIssuer issuer = TestIssuer.start();
    private final IdTokens tokens = new IdTokens(LEDGER, Clock.systemUTC());
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @AfterEach
    void close() {
        issuer.close();
    }

    @SuppressWarnings("NullAway") // a null stands for a claim that the token does not have
    private static Map<String, Object> claims(String name, @Nullable Object value) {
        Map<String, Object> claims = new HashMap<>(
                Map.of("aud", LEDGER, "repository_id", "1", "iat", Instant.now().minusSeconds(200)));
        claims.put(name, value);
        return claims;
    }

    private static Map<String, Object> good() {
        return claims("ref", "refs/heads/main");
    }

    private Check check(String token) {
        return tokens.check(token, issuer.address()::equals);
    }

    private String wrong(String token) {
        return check(token) instanceof Check.Wrong(String detail) ? detail : "not refused";
    }

    @Test
    void a_genuine_token_says_what_its_issuer_signed() {
        Check.Genuine genuine = (Check.Genuine) check(issuer.token(claims("jti", "j1")));
        assertThat(genuine.id()).isEqualTo("j1");
        assertThat(genuine.claims().issuer()).isEqualTo(issuer.address());
        assertThat(genuine.claims().claims()).containsEntry("repository_id", "1");
        assertThat(check(issuer.token(claims("aud", List.of("https://other.example", LEDGER)))))
                .isInstanceOf(Check.Genuine.class);
    }

    @Test
    void an_issuer_that_nobody_named_is_asked_nothing() {
        try (TestIssuer other = TestIssuer.start()) {
            assertThat(wrong(other.token(good()))).isEqualTo(
                    "The token's issuer '%s' is not trusted. Ask an administrator to trust the pipeline."
                            .formatted(other.address()));
            assertThat(wrong(other.token(claims("iss", issuer.address())))).as("a key that is not the issuer's")
                    .isEqualTo("The token's signature does not match a key of '%s'.".formatted(issuer.address()));
        }
        assertThat(wrong(issuer.token(claims("iss", null)))).startsWith("The token's issuer '' is not trusted");
    }

    @Test
    void a_token_is_signed_with_a_key_of_its_issuer() throws JOSEException {
        assertThat(wrong(issuer.forged(good())))
                .isEqualTo("The token's signature does not match a key of '%s'.".formatted(issuer.address()));
        assertThat(wrong(issuer.unsigned(good())))
                .startsWith("The token is signed with 'none'. The ledger accepts RS256");
        SignedJWT symmetric = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256),
                new JWTClaimsSet.Builder().issuer(issuer.address()).audience(LEDGER).build());
        symmetric.sign(new MACSigner("0123456789abcdef0123456789abcdef"));
        assertThat(wrong(symmetric.serialize())).startsWith("The token is signed with 'HS256'.");
        String genuine = issuer.token(good());
        String[] parts = genuine.split("\\.", -1);
        String[] others = issuer.token(claims("repository_id", "2")).split("\\.", -1);
        assertThat(wrong(parts[0] + "." + others[1] + "." + parts[2]))
                .startsWith("The token's signature does not match");
    }

    @Test
    void a_token_names_the_ledger_as_its_audience() {
        assertThat(wrong(issuer.token(claims("aud", "https://other.example")))).isEqualTo(
                "The token's audience is 'https://other.example', not '%s'. Request a token for '%s'."
                        .formatted(LEDGER, LEDGER));
        assertThat(wrong(issuer.token(claims("aud", LEDGER + "/")))).startsWith("The token's audience is");
        assertThat(wrong(issuer.token(claims("aud", null)))).startsWith("The token's audience is ''");
        assertThat(new IdTokens(null, Clock.systemUTC()).check(issuer.token(good()), issuer.address()::equals))
                .isInstanceOf(Check.Wrong.class);
    }

    @Test
    void a_token_is_good_in_its_time_only_and_clocks_may_differ_by_a_minute() {
        assertThat(wrong(issuer.token(claims("exp", now.minusSeconds(90)))))
                .isEqualTo("The token expired at %s. Send a new one.".formatted(now.minusSeconds(90)));
        assertThat(check(issuer.token(claims("exp", now.minusSeconds(30))))).isInstanceOf(Check.Genuine.class);
        assertThat(wrong(issuer.token(claims("exp", null)))).startsWith("The token expired at null");
        assertThat(wrong(issuer.token(claims("nbf", now.plusSeconds(120)))))
                .startsWith(
                        "The token is valid from %s, and the ledger's clock shows ".formatted(now.plusSeconds(120)));
        assertThat(check(issuer.token(claims("nbf", now.plusSeconds(30))))).isInstanceOf(Check.Genuine.class);
        assertThat(wrong(issuer.token(claims("iat", now.plusSeconds(120)))))
                .startsWith("The token was issued at %s".formatted(now.plusSeconds(120)));
    }

    @Test
    void keys_that_cannot_be_read_are_no_fault_of_the_token() {
        String token = issuer.token(good());
        issuer.hideKeys(true);
        assertThat(check(token)).isEqualTo(new Check.Unknown(
                "The keys of the issuer '%s' cannot be read. Check that the ledger reaches it."
                        .formatted(issuer.address())));
        issuer.hideKeys(false);
        assertThat(check(token)).isInstanceOf(Check.Genuine.class);
        issuer.hideKeys(true);
        assertThat(check(issuer.token(good()))).as("keys that are known").isInstanceOf(Check.Genuine.class);
        String ofClosed;
        try (TestIssuer closed = TestIssuer.start()) {
            ofClosed = closed.token(good());
        }
        assertThat(tokens.check(ofClosed, _ -> true)).isInstanceOf(Check.Unknown.class);
    }

    @Test
    void what_is_no_token_is_refused() {
        for (String text : List.of("", "x", "a.b.c", "eyJhbGciOiJSUzI1NiJ9.e30.", "ey.ey.ey.ey.ey")) {
            assertThat(check(text)).as(text).isInstanceOf(Check.Wrong.class);
        }
        assertThat(wrong("x".repeat(20_000))).isEqualTo("The token has 20,000 characters; it may have 16,000.");
    }
}
