package dev.migrationledger.ledger.policy;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.PolicyEvent.PolicyApplied;
import dev.migrationledger.ledger.recording.stream.StreamState;
import org.jspecify.annotations.Nullable;

/**
 * What decisions about a project need to know.
 *
 * @param policy what was applied last; absent: nothing
 */
record ProjectState(@Nullable PolicyApplied policy) {

    static final StreamState<ProjectState> DEFINITION = new StreamState<>() {
        @Override
        public Class<ProjectState> type() {
            return ProjectState.class;
        }

        @Override
        public int form() {
            return 1;
        }

        @Override
        public ProjectState initial() {
            return new ProjectState(null);
        }

        @Override
        public ProjectState evolve(ProjectState state, RecordedEvent event) {
            return event.event() instanceof PolicyApplied applied ? new ProjectState(applied) : state;
        }

        @Override
        public int weight(ProjectState state) {
            return 1_000 + (state.policy == null ? 0 : 2 * state.policy.text().length());
        }
    };
}
