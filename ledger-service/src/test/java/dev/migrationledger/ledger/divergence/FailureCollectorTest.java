package dev.migrationledger.ledger.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FailureCollectorTest {

    static List<Throwable> failures() {
        return List.of(new IllegalStateException("a bug"), new StackOverflowError(), new NoClassDefFoundError("gone"),
                new AssertionError());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void one_failing_environment_does_not_keep_the_next_from_evaluation(Throwable failure) {
        List<String> judged = new ArrayList<>();
        FailureCollector attempts = new FailureCollector();

        attempts.at(() -> sneak(failure));
        attempts.at(() -> judged.add("next"));

        assertThat(judged).containsExactly("next");
        assertThatThrownBy(attempts::end).isSameAs(failure);
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneak(Throwable failure) throws E {
        throw (E) failure;
    }
}
