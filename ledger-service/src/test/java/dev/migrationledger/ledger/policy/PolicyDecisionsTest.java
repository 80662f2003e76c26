package dev.migrationledger.ledger.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.PolicyEvent.PolicyApplied;
import dev.migrationledger.ledger.policy.PolicyDecisions.Applied;
import dev.migrationledger.ledger.recording.stream.Decision;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PolicyDecisionsTest {

    private static final Instant NOW = Instant.parse("2026-06-03T12:00:00Z");

    @Test
    void the_first_policy_is_version_one_and_the_next_one_more() {
        Decision<Applied> first = PolicyDecisions.apply(ProjectState.DEFINITION.initial(), apply("unreachable: local"));
        assertThat(first.result()).isEqualTo(new Applied(1, true));
        assertThat(first.events()).extracting(RecordedEvent::event)
                .containsExactly(new PolicyApplied(1, "ada", "unreachable: local"));
        ProjectState after = ProjectState.DEFINITION.evolve(ProjectState.DEFINITION.initial(),
                first.events().getFirst());
        assertThat(PolicyDecisions.apply(after, apply("unreachable: block")).events()).extracting(RecordedEvent::event)
                .containsExactly(new PolicyApplied(2, "ada", "unreachable: block"));
    }

    @Test
    void a_policy_that_counts_already_is_not_recorded_again() {
        ProjectState state = new ProjectState(new PolicyApplied(7, "bob", "unreachable: local"), List.of(), Set.of());
        assertThat(PolicyDecisions.apply(state, apply("unreachable: local"))).isEqualTo(
                new Decision<>(new Applied(7, true), List.of()));
    }

    @Test
    void a_policy_replaces_only_the_version_that_its_author_saw() {
        ProjectState state = new ProjectState(new PolicyApplied(7, "bob", "unreachable: local"), List.of(), Set.of());
        assertThat(PolicyDecisions.apply(state, apply("unreachable: block", 6)))
                .isEqualTo(new Decision<>(new Applied(7, false), List.of()));
        assertThat(PolicyDecisions.apply(state, apply("unreachable: block", 7)).result())
                .isEqualTo(new Applied(8, true));
        assertThat(PolicyDecisions.apply(state, apply("unreachable: local", 6)).result())
                .as("done already").isEqualTo(new Applied(7, true));
        assertThat(PolicyDecisions.apply(ProjectState.DEFINITION.initial(), apply("unreachable: local", 0)).result())
                .isEqualTo(new Applied(1, true));
    }

    private static ApplyPolicy apply(String text) {
        return apply(text, null);
    }

    private static ApplyPolicy apply(String text, @Nullable Integer replaces) {
        return new ApplyPolicy("navbot", new UUID(0, 1), NOW, "ada", text, replaces);
    }
}
