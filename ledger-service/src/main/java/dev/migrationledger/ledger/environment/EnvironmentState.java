package dev.migrationledger.ledger.environment;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.envelope.RecordedEvent.Origin;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the decisions about one environment need to know, and nothing else: what people look at is folded elsewhere.
 *
 * @param agents per agent and epoch, how far its events are known
 * @param recordedAt of the last event; absent before the first
 */
record EnvironmentState(
        Map<String, Map<UUID, Known>> agents, @Nullable Instant recordedAt) {

    static final EnvironmentState UNHEARD_OF = new EnvironmentState(Map.of(), null);

    EnvironmentState {
        agents = Map.copyOf(agents);
    }

    /**
     * The end of one agent's sequence.
     *
     * @param last the last known sequence
     * @param ids of the last events, the newest at the end; at most {@link #IDS}
     */
    record Known(long last, List<UUID> ids) {

        /** Enough to notice a copied spool at its first or second batch, little enough to be kept in every snapshot. */
        static final int IDS = 32;

        static final Known NOTHING = new Known(0, List.of());

        Known {
            ids = List.copyOf(ids);
        }

        Known then(long sequence, UUID id) {
            Stream<UUID> kept = ids.stream().skip(Math.max(0, ids.size() + 1 - IDS));
            return new Known(sequence, Stream.concat(kept, Stream.of(id)).toList());
        }

        /** The id of the event with this sequence; absent where it is unknown or too long ago. */
        Optional<UUID> idOf(long sequence) {
            long index = ids.size() - 1 - (last - sequence);
            return index < 0 || index >= ids.size() ? Optional.empty() : Optional.of(ids.get((int) index));
        }

        Known withoutIds() {
            return new Known(last, List.of());
        }
    }

    boolean registered() {
        return recordedAt != null;
    }

    Known known(String agent, UUID epoch) {
        return agents.getOrDefault(agent, Map.of()).getOrDefault(epoch, Known.NOTHING);
    }

    /** Every event moves the clock; only those that came from an agent move a sequence. */
    static EnvironmentState evolve(EnvironmentState state, RecordedEvent event) {
        Origin origin = event.origin();
        return new EnvironmentState(
                origin == null ? state.agents : advanced(state, origin, event.eventId()), event.recordedAt());
    }

    private static Map<String, Map<UUID, Known>> advanced(EnvironmentState state, Origin origin, UUID eventId) {
        Map<UUID, Known> epochs = new HashMap<>(state.agents.getOrDefault(origin.agent(), Map.of()));
        Known before = epochs.get(origin.epoch());
        if (before == null) {
            // The spool of an earlier epoch is gone; that its sequences are known is enough.
            epochs.replaceAll((epoch, known) -> known.withoutIds());
            before = Known.NOTHING;
        }
        epochs.put(origin.epoch(), before.then(origin.sequence(), eventId));
        Map<String, Map<UUID, Known>> agents = new HashMap<>(state.agents);
        agents.put(origin.agent(), Map.copyOf(epochs));
        return agents;
    }
}
