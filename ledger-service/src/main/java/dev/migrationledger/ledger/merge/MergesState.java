package dev.migrationledger.ledger.merge;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.MergeEvent;
import dev.migrationledger.ledger.recording.stream.StreamState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What decisions about a project's merges need to know.
 *
 * @param merges that are not over, in the order in which they were proposed
 */
record MergesState(List<Merge> merges) {

    MergesState {
        merges = List.copyOf(merges);
    }

    static final StreamState<MergesState> DEFINITION = new StreamState<>() {
        @Override
        public Class<MergesState> type() {
            return MergesState.class;
        }

        @Override
        public int form() {
            return 4;
        }

        @Override
        public MergesState initial() {
            return new MergesState(List.of());
        }

        @Override
        public MergesState evolve(MergesState state, RecordedEvent event) {
            return event.event() instanceof MergeEvent about ? state.after(about, event.recordedAt()) : state;
        }

        @Override
        public int weight(MergesState state) {
            return 1_000 + state.merges.stream().mapToInt(one -> 2_000 + 500 * (one.content().sides().stream()
                    .mapToInt(side -> side.revisions().size() + side.changes().size()).sum()
                    + one.rehearsals().stream().map(Merge.Rehearsal::rehearsal)
                            .mapToInt(it -> it.revisions().size() + 10 * it.runs().size()).sum()))
                    .sum();
        }
    };

    MergesState after(MergeEvent event, Instant at) {
        Map<UUID, Merge> all = new LinkedHashMap<>();
        merges.forEach(one -> all.put(one.merge(), one));
        all.compute(event.merge(), (_, one) -> Merge.after(one, event, at));
        all.values().removeIf(Merge::isClosed);
        return new MergesState(List.copyOf(all.values()));
    }

    Optional<Merge> merge(UUID id) {
        return merges.stream().filter(one -> one.merge().equals(id)).findFirst();
    }

    Optional<Merge> of(Set<String> fork) {
        return merges.stream().filter(one -> one.fork().equals(fork)).findFirst();
    }
}
