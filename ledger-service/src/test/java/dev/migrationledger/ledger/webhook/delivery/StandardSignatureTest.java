package dev.migrationledger.ledger.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StandardSignatureTest {

    /** The example of Standard Webhooks' own libraries. */
    @Test
    void the_example_of_standard_webhooks_has_the_signature_that_its_libraries_expect() {
        StandardSignature.Key key = StandardSignature.Key.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").orElseThrow();
        assertThat(StandardSignature.headers(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", Instant.ofEpochSecond(1_614_265_330),
                "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8)))
                .containsEntry("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek")
                .containsEntry("webhook-timestamp", "1614265330")
                .containsEntry("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void a_key_is_24_to_64_bytes_behind_its_prefix() {
        assertThat(StandardSignature.Key.of(StandardSignature.Key.random(new SecureRandom()).text())).isPresent();
        assertThat(StandardSignature.Key.of("whsec_c2hvcnQ=")).isEmpty();
        assertThat(StandardSignature.Key.of("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")).isEmpty();
        assertThat(StandardSignature.Key.of("whsec_not base 64, not at all, never")).isEmpty();
        assertThat(StandardSignature.Key.random(new SecureRandom()).toString()).doesNotContain("whsec_");
    }
}
