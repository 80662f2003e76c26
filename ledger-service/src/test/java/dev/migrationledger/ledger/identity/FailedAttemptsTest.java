package dev.migrationledger.ledger.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class FailedAttemptsTest {

    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final InstantSource source = () -> now;
    private final FailedAttempts attempts = new FailedAttempts(source.withZone(ZoneOffset.UTC));

    @Test
    void an_address_that_fails_too_often_waits_a_minute() {
        for (int i = 0; i < FailedAttempts.MOST; i++) {
            assertThat(attempts.tooMany("10.0.0.1")).isFalse();
            attempts.failed("10.0.0.1");
        }
        assertThat(attempts.tooMany("10.0.0.1")).isTrue();
        assertThat(attempts.tooMany("10.0.0.2")).isFalse();
        now = now.plus(FailedAttempts.WINDOW);
        assertThat(attempts.tooMany("10.0.0.1")).isFalse();
    }
}
