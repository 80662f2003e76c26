package dev.migrationledger.ledger.branch;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.BranchEvent.BranchClosed;
import dev.migrationledger.contracts.event.BranchEvent.BranchPublished;
import dev.migrationledger.contracts.event.BranchEvent;
import dev.migrationledger.ledger.recording.stream.StreamState;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * What decisions about a project's branches need to know.
 *
 * @param branches by source, those that are open
 */
record BranchesState(Map<String, Branch> branches) {

    BranchesState {
        branches = Map.copyOf(branches);
    }

    static final StreamState<BranchesState> DEFINITION = new StreamState<>() {
        @Override
        public Class<BranchesState> type() {
            return BranchesState.class;
        }

        @Override
        public int form() {
            return 1;
        }

        @Override
        public BranchesState initial() {
            return new BranchesState(Map.of());
        }

        @Override
        public BranchesState evolve(BranchesState state, RecordedEvent event) {
            return event.event() instanceof BranchEvent about ? state.after(about, event.recordedAt()) : state;
        }

        @Override
        public int weight(BranchesState state) {
            return 1_000 + state.branches.values().stream().mapToInt(one -> 500 + 500 * one.scripts().own().size())
                    .sum();
        }
    };

    BranchesState after(BranchEvent event, Instant at) {
        Map<String, Branch> all = new TreeMap<>(branches);
        all.values().removeIf(one -> one.isForgotten(at));
        switch (event) {
            case BranchPublished it -> all.put(it.source(), Branch.of(it, at));
            case BranchClosed it -> all.remove(it.source());
        }
        return new BranchesState(all);
    }
}
