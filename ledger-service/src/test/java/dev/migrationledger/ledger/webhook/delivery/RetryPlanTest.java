package dev.migrationledger.ledger.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryPlanTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void pauses_grow_from_seconds_to_hours_and_end_after_three_days() {
        Random random = new Random(1);
        List<Duration> pauses = new ArrayList<>();
        Instant now = NOON;
        for (Optional<Instant> next = next(1, now, random); next.isPresent(); next = next(pauses.size() + 1, now,
                random)) {
            pauses.add(Duration.between(now, next.get()));
            now = next.get();
        }
        assertThat(now).as("the last attempt").isEqualTo(NOON.plus(RetryPlan.LONGEST));
        assertThat(pauses).hasSizeBetween(18, 28);
        for (int i = 0; i < RetryPlan.PAUSES.size(); i++) {
            Duration usual = RetryPlan.PAUSES.get(i);
            assertThat(pauses.get(i)).isBetween(usual, usual.multipliedBy(6).dividedBy(5));
        }
    }

    @Test
    void messages_that_failed_at_once_come_again_at_different_times() {
        Random random = new Random(2);
        assertThat(next(3, NOON, random)).isNotEqualTo(next(3, NOON, random));
    }

    @Test
    void a_receiver_may_ask_for_a_longer_pause_within_bounds() {
        assertThat(RetryPlan.next(1, NOON, NOON, Duration.ofMinutes(5), new Random(3)))
                .contains(NOON.plus(Duration.ofMinutes(5)));
        assertThat(RetryPlan.next(1, NOON, NOON, Duration.ofDays(300), new Random(3)))
                .contains(NOON.plus(Duration.ofHours(4)));
    }

    private static Optional<Instant> next(int attempts, Instant now, Random random) {
        return RetryPlan.next(attempts, NOON, now, Duration.ZERO, random);
    }
}
