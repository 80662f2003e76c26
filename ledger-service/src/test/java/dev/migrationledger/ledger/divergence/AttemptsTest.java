package dev.migrationledger.ledger.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.health.contributor.Status;

class AttemptsTest {

    static List<Throwable> failures() {
        return List.of(new IllegalStateException("a bug"), new StackOverflowError(), new NoClassDefFoundError("gone"),
                new AssertionError());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatever_one_environment_does_the_next_is_judged(Throwable failure) {
        List<String> judged = new ArrayList<>();
        Attempts attempts = new Attempts();

        attempts.at(() -> sneak(failure));
        attempts.at(() -> judged.add("next"));

        assertThat(judged).containsExactly("next");
        assertThatThrownBy(attempts::end).isSameAs(failure);
    }

    @Test
    void health_is_down_when_no_round_came_to_its_end_for_long_and_up_again_after_one() {
        JudgingHealth health = new JudgingHealth(true, () -> 0);
        health.wellAt(0);

        assertThat(health.health(Duration.ofMinutes(2).toNanos()).getStatus()).isEqualTo(Status.UP);
        assertThat(health.health(Duration.ofMinutes(4).toNanos()).getStatus()).isEqualTo(Status.DOWN);
        health.wellAt(Duration.ofMinutes(4).toNanos());
        assertThat(health.health(Duration.ofMinutes(5).toNanos()).getStatus()).isEqualTo(Status.UP);
        assertThat(
                new JudgingHealth(false, () -> 0).health(System.nanoTime() + Duration.ofDays(1).toNanos()).getStatus())
                .isEqualTo(Status.UP);
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneak(Throwable failure) throws E {
        throw (E) failure;
    }
}
