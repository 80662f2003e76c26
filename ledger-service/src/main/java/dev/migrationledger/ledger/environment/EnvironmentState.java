package dev.migrationledger.ledger.environment;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.envelope.RecordedEvent.Origin;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.BranchEvent;
import dev.migrationledger.contracts.event.EvidenceEvent;
import dev.migrationledger.contracts.event.GateEvent;
import dev.migrationledger.contracts.event.IdentityEvent;
import dev.migrationledger.contracts.event.LedgerEvent.*;
import dev.migrationledger.contracts.event.MergeEvent;
import dev.migrationledger.contracts.event.PolicyEvent;
import dev.migrationledger.contracts.event.WebhookEvent;
import dev.migrationledger.ledger.recording.stream.StreamState;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the decisions about one environment need to know, and nothing else: what people look at is folded elsewhere.
 *
 * @param agents of the agents that were heard last, per agent and epoch, how far its events are known
 * @param earlier of all others, likewise, without what only shows a copied spool: what they send again is still known
 * @param open by code and subject, the divergences that are there
 * @param recordedAt of the last event; absent before the first
 * @param retired whether an operator retired it, and no agent has reported anything since
 * @param events how many there were
 */
record EnvironmentState(
        Map<String, Map<UUID, Known>> agents,
        Map<String, Map<UUID, Long>> earlier,
        NavigableMap<String, OpenDivergence> open,
        @Nullable Instant recordedAt,
        boolean retired,
        long events) {

    static final EnvironmentState INITIAL = new EnvironmentState(
            Map.of(), Map.of(), new TreeMap<>(), null, false, 0);

    static final StreamState<EnvironmentState> DEFINITION = new StreamState<>() {
        @Override
        public Class<EnvironmentState> type() {
            return EnvironmentState.class;
        }

        @Override
        public int form() {
            return 6;
        }

        @Override
        public EnvironmentState initial() {
            return INITIAL;
        }

        @Override
        public EnvironmentState evolve(EnvironmentState state, RecordedEvent event) {
            return EnvironmentState.evolve(state, event);
        }

        @Override
        public int weight(EnvironmentState state) {
            return state.weight();
        }
    };

    /** So many agents are known in full, and up to as many again: where each run has a new agent, only every so often one run pays for it. */
    static final int LATEST_AGENTS = 50;

    EnvironmentState {
        agents = Map.copyOf(agents);
        earlier = Map.copyOf(earlier);
        open = Collections.unmodifiableNavigableMap(new TreeMap<>(open));
    }

    /**
     * The end of one agent's sequence.
     *
     * @param last the last known sequence
     * @param ids of the last events, the newest at the end; at most {@link #IDS}
     * @param lastEvent which of the environment's events its last one was
     */
    record Known(long last, List<UUID> ids, long lastEvent) {

        /** Enough to notice a copied spool at its first or second batch, little enough to be kept in every snapshot. */
        static final int IDS = 32;

        static final Known NOTHING = new Known(0, List.of(), 0);

        Known {
            ids = List.copyOf(ids);
        }

        Known then(long sequence, UUID id, long event) {
            Stream<UUID> kept = ids.stream().skip(Math.max(0, ids.size() + 1 - IDS));
            return new Known(sequence, Stream.concat(kept, Stream.of(id)).toList(), event);
        }

        /** The id of the event with this sequence; absent where it is unknown or too long ago. */
        Optional<UUID> idOf(long sequence) {
            long index = ids.size() - 1 - (last - sequence);
            return index < 0 || index >= ids.size() ? Optional.empty() : Optional.of(ids.get((int) index));
        }

        Known withoutIds() {
            return new Known(last, List.of(), lastEvent);
        }
    }

    /** Estimated bytes of memory; most of them are the event ids of recent agents. */
    int weight() {
        return 1_000 + agents.size() * (200 + Known.IDS * 40) + earlier.size() * 300 + open.size() * 500;
    }

    boolean registered() {
        return recordedAt != null;
    }

    Known known(String agent, UUID epoch) {
        return epochs(agent).getOrDefault(epoch, Known.NOTHING);
    }

    private Map<UUID, Known> epochs(String agent) {
        Map<UUID, Known> known = agents.get(agent);
        return known != null
                ? known
                : earlier.getOrDefault(agent, Map.of()).entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, it -> new Known(it.getValue(), List.of(), 0)));
    }

    /** Every event moves the clock; only those that came from an agent move a sequence. */
    static EnvironmentState evolve(EnvironmentState state, RecordedEvent event) {
        Origin origin = event.origin();
        EnvironmentState next = new EnvironmentState(
                origin == null ? state.agents : advanced(state, origin, event.eventId()),
                state.earlier, opened(state, event), event.recordedAt(), retired(state, event), state.events + 1);
        return next.agents.size() < 2 * LATEST_AGENTS ? next : next.withFewerAgents();
    }

    private EnvironmentState withFewerAgents() {
        Map<String, Map<UUID, Known>> latest = new HashMap<>(agents);
        Map<String, Map<UUID, Long>> others = new HashMap<>(earlier);
        agents.entrySet().stream()
                .sorted(Comparator.comparingLong(EnvironmentState::lastEvent))
                .limit(agents.size() - LATEST_AGENTS)
                .forEach(agent -> {
                    latest.remove(agent.getKey());
                    Map<UUID, Long> ends = new HashMap<>();
                    agent.getValue().forEach((epoch, known) -> ends.put(epoch, known.last()));
                    others.put(agent.getKey(), Map.copyOf(ends));
                });
        return new EnvironmentState(latest, others, open, recordedAt, retired, events);
    }

    private static long lastEvent(Map.Entry<String, Map<UUID, Known>> agent) {
        return agent.getValue().values().stream().mapToLong(Known::lastEvent).max().orElse(0);
    }

    private static boolean retired(EnvironmentState state, RecordedEvent event) {
        return event.event() instanceof EnvironmentRetired
                || (state.retired && !(event.event() instanceof EnvironmentRevived));
    }

    private static NavigableMap<String, OpenDivergence> opened(EnvironmentState state, RecordedEvent event) {
        return switch (event.event()) {
            case DivergenceDetected detected ->
                with(state, OpenDivergence.of(detected.divergence(), detected.finding(), event.occurredAt().at()));
            case DivergenceChanged changed -> {
                OpenDivergence known = state.open.get(OpenDivergence.key(changed.finding()));
                Instant since = known == null ? event.occurredAt().at() : known.since();
                yield with(state, OpenDivergence.of(changed.divergence(), changed.finding(), since));
            }
            case DivergenceResolved resolved -> {
                NavigableMap<String, OpenDivergence> left = new TreeMap<>(state.open);
                left.values().removeIf(open -> open.divergence().equals(resolved.divergence()));
                yield left;
            }
            // @formatter:off: the formatter knows no list of patterns
            case AgentEvent _, EnvironmentRegistered _, EnvironmentRetired _, EnvironmentRevived _, ContentWithdrawn _, RunProved _, BranchEvent _, EvidenceEvent _, GateEvent _, IdentityEvent _, MergeEvent _, PolicyEvent _, WebhookEvent _ ->
                state.open;
            // @formatter:on
        };
    }

    private static NavigableMap<String, OpenDivergence> with(EnvironmentState state, OpenDivergence one) {
        NavigableMap<String, OpenDivergence> open = new TreeMap<>(state.open);
        open.put(FindingFacts.key(one.code(), one.subject()), one);
        return open;
    }

    private static Map<String, Map<UUID, Known>> advanced(EnvironmentState state, Origin origin, UUID eventId) {
        Map<UUID, Known> epochs = new HashMap<>(state.epochs(origin.agent()));
        Known before = epochs.get(origin.epoch());
        if (before == null) {
            // The spool of an earlier epoch is gone; that its sequences are known is enough.
            epochs.replaceAll((epoch, known) -> known.withoutIds());
            before = Known.NOTHING;
        }
        epochs.put(origin.epoch(), before.then(origin.sequence(), eventId, state.events + 1));
        Map<String, Map<UUID, Known>> agents = new HashMap<>(state.agents);
        agents.put(origin.agent(), Map.copyOf(epochs));
        return agents;
    }
}
