package dev.migrationledger.ledger.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrationledger.testsupport.issuer.TestIssuer;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** What other tests rely on: good tokens are accepted by a program that knows nothing of the issuer but its address, bad ones are not. */
class TestIssuerTest {

    private final TestIssuer issuer = TestIssuer.start();
    private final JwtDecoder decoder = NimbusJwtDecoder.withIssuerLocation(issuer.address()).build();

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void its_tokens_are_valid() {
        assertThat(decoder.decode(issuer.token(Map.of("sub", "repo:acme/shop"))).getSubject())
                .isEqualTo("repo:acme/shop");
    }

    @Test
    void forged_unsigned_and_expired_tokens_are_not() {
        Map<String, Object> claims = Map.of("sub", "ada");
        assertThatThrownBy(() -> decoder.decode(issuer.forged(claims))).isInstanceOf(JwtException.class);
        assertThatThrownBy(() -> decoder.decode(issuer.unsigned(claims))).isInstanceOf(JwtException.class);
        assertThatThrownBy(() -> decoder.decode(
                issuer.token(Map.of("sub", "ada", "exp", Instant.now().minusSeconds(600)))))
                .isInstanceOf(JwtException.class);
    }

    @Test
    void without_its_keys_nothing_is_valid() {
        JwtDecoder later = NimbusJwtDecoder.withJwkSetUri(issuer.address() + "/keys").build();
        issuer.hideKeys(true);
        assertThatThrownBy(() -> later.decode(issuer.token(Map.of("sub", "ada")))).isInstanceOf(JwtException.class);
    }
}
