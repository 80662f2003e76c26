package dev.migrationledger.ledger.identity.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.identity.KeyState;
import dev.migrationledger.ledger.platform.LedgerTest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@LedgerTest
class KeyStatesTest {

    private static final Instant ENROLLED = Instant.parse("2026-01-03T12:00:00Z");

    @Autowired
    JdbcClient database;

    private final SecureRandom random = new SecureRandom();

    @Test
    void a_ledger_whose_clock_was_set_back_takes_a_key_that_was_enrolled_before() {
        KeyStates states = new KeyStates(database);
        Instant now = ENROLLED.minus(Duration.ofDays(2));
        KeyState first = KeyState.first(random);
        KeyState next = first.next(random);
        assertThat(states.renew("set-back", first, next, ENROLLED, now)).isEqualTo(new KeyStates.Renewal.Noted());
        assertThat(states.isCurrent("set-back", next.toString(), ENROLLED, now)).isTrue();
        assertThat(states.isCurrent("set-back", KeyState.first(random).toString(), ENROLLED, now)).isFalse();
    }

    @Test
    void a_state_from_before_the_key_was_reinstated_counts_no_longer() {
        KeyStates states = new KeyStates(database);
        KeyState first = KeyState.first(random);
        KeyState next = first.next(random);
        states.renew("reinstated", first, next, ENROLLED, ENROLLED.plusSeconds(1));
        Instant reinstated = ENROLLED.plusSeconds(60);
        assertThat(states.isCurrent("reinstated", next.toString(), reinstated, reinstated.plusSeconds(1))).isFalse();
    }
}
