package dev.migrationledger.ledger.branch;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.BranchEvent.*;
import dev.migrationledger.contracts.event.BranchEvent;
import dev.migrationledger.contracts.revision.RevisionAuthors;
import dev.migrationledger.ledger.recording.stream.StreamState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What decisions about a project's branches need to know.
 *
 * @param branches by source, those that are open
 * @param authors of their own revisions' files, by source
 */
record BranchesState(Map<String, Branch> branches, Map<String, List<RevisionAuthors>> authors) {

    BranchesState {
        branches = Map.copyOf(branches);
        authors = Map.copyOf(authors);
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
            return new BranchesState(Map.of(), Map.of());
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
        Map<String, List<RevisionAuthors>> known = new TreeMap<>(authors);
        switch (event) {
            case BranchPublished it -> all.put(it.source(), Branch.of(it, at));
            case BranchAuthorsRead it -> known.put(it.source(), it.files());
            case BranchClosed it -> all.remove(it.source());
        }
        known.keySet().retainAll(all.keySet());
        return new BranchesState(all, known);
    }
}
