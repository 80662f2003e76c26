package dev.migrationledger.ledger.policy;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.PolicyEvent;
import dev.migrationledger.contracts.event.PolicyEvent.AcceptanceGranted;
import dev.migrationledger.contracts.event.PolicyEvent.PolicyApplied;
import dev.migrationledger.ledger.policy.baseline.BaselineDecisions;
import dev.migrationledger.ledger.recording.stream.StreamState;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What decisions about a project need to know.
 *
 * @param policy what was applied last; absent: nothing
 * @param baseline acceptances that count, or ended
 * @param expired those among them whose end by time is recorded
 */
record ProjectState(@Nullable PolicyApplied policy, List<AcceptanceGranted> baseline, Set<UUID> expired) {

    ProjectState {
        baseline = List.copyOf(baseline);
        expired = Set.copyOf(expired);
    }

    static final StreamState<ProjectState> DEFINITION = new StreamState<>() {
        @Override
        public Class<ProjectState> type() {
            return ProjectState.class;
        }

        @Override
        public int form() {
            return 3;
        }

        @Override
        public ProjectState initial() {
            return new ProjectState(null, List.of(), Set.of());
        }

        @Override
        public ProjectState evolve(ProjectState state, RecordedEvent event) {
            if (!(event.event() instanceof PolicyEvent policy)) {
                return state;
            }
            List<AcceptanceGranted> baseline = BaselineDecisions.evolve(state.baseline, policy);
            return new ProjectState(policy instanceof PolicyApplied applied ? applied : state.policy, baseline,
                    BaselineDecisions.expired(state.expired, baseline, policy));
        }

        @Override
        public int weight(ProjectState state) {
            return 1_000 + 50 * state.expired.size() + (state.policy == null ? 0 : 2 * state.policy.text().length())
                    + state.baseline.stream().mapToInt(one -> 500 + 60 * one.facts().size()
                            + 2 * (one.reason().length() + one.subject().length())).sum();
        }
    };
}
