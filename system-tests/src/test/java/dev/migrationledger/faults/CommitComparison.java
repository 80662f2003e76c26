package dev.migrationledger.faults;

import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.AgentEvent.RevisionApplied;
import dev.migrationledger.contracts.event.AgentEvent.RevisionReverted;
import dev.migrationledger.contracts.event.AgentEvent.RevisionStamped;
import dev.migrationledger.contracts.event.AgentEvent.VersionTableEdited;
import dev.migrationledger.contracts.event.AgentEvent.VersionTableObserved;
import dev.migrationledger.contracts.event.Attribution;
import dev.migrationledger.contracts.event.Evidence;
import dev.migrationledger.contracts.event.Evidence.Certainty;
import dev.migrationledger.faults.Committed.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** What the ledger recorded, beside what committed. Pure: collects what is wrong. */
final class CommitComparison {

    private final List<String> wrong = new ArrayList<>();
    private final List<String> presumedWrong = new ArrayList<>();
    private final Map<String, Integer> counts = new TreeMap<>();

    List<String> wrong() {
        return wrong;
    }

    /** Presumed conclusions that were wrong, which is allowed. */
    List<String> presumedWrong() {
        return presumedWrong;
    }

    /** How often something was reported, by certainty, and reported wrongly. */
    Map<String, Integer> counts() {
        return counts;
    }

    /** Every sequence is whole and in order, and nothing is there twice. */
    void sequences(List<RecordedEvent> events) {
        Set<UUID> ids = new HashSet<>();
        Map<String, List<Long>> sequences = new LinkedHashMap<>();
        Map<String, Set<UUID>> epochs = new LinkedHashMap<>();
        for (RecordedEvent event : events) {
            RecordedEvent.Origin origin = event.origin();
            if (!ids.add(event.eventId())) {
                wrong.add("twice: " + event);
            }
            if (origin == null) {
                wrong.add("an agent's event of no agent: " + event);
                continue;
            }
            sequences.computeIfAbsent(event.environment() + " " + origin.epoch(), _ -> new ArrayList<>())
                    .add(origin.sequence());
            epochs.computeIfAbsent(String.valueOf(event.environment()), _ -> new HashSet<>()).add(origin.epoch());
        }
        sequences.forEach((epoch, numbers) -> {
            if (!numbers.equals(LongStream.rangeClosed(1, numbers.size()).boxed().toList())) {
                wrong.add("the sequence of %s is not 1 to %d: %s".formatted(epoch, numbers.size(), numbers));
            }
        });
        epochs.forEach((environment, all) -> {
            if (all.size() != 1) {
                wrong.add("the agent of %s lost its spool %d times".formatted(environment, all.size() - 1));
            }
        });
    }

    /** Every transaction is reported once and in order, and every state after it. */
    void captured(String environment, List<RecordedEvent> events, List<Committed> truth) {
        List<String> recorded = new ArrayList<>();
        for (RecordedEvent event : events) {
            String transaction = transaction(event);
            if (transaction != null && (recorded.isEmpty() || !recorded.getLast().equals(transaction))) {
                recorded.add(transaction);
            }
        }
        same(environment + ", transactions", recorded, truth.stream().map(Committed::transaction).toList());
        List<List<String>> states = truth.stream().map(Committed::rows)
                .collect(Collectors.toCollection(ArrayList::new));
        states.addFirst(List.of());
        same(environment + ", states", changes(states(events)), changes(states));
    }

    /** States are reported in their order, though not all of them. */
    void compareStates(String environment, List<RecordedEvent> events, List<Committed> truth) {
        int at = -1;
        for (List<String> state : changes(states(events))) {
            if (at == -1 && state.isEmpty()) {
                continue;
            }
            do {
                at++;
            } while (at < truth.size() && !truth.get(at).rows().equals(state));
            if (at >= truth.size()) {
                wrong.add("%s: the state %s was not there, or not in this order".formatted(environment, state));
                return;
            }
        }
    }

    private static List<List<String>> states(List<RecordedEvent> events) {
        return events.stream()
                .map(RecordedEvent::event)
                .filter(VersionTableObserved.class::isInstance)
                .map(event -> ((VersionTableObserved) event).table().rows())
                .toList();
    }

    /** An agent that starts reports again what it knows. */
    private static List<List<String>> changes(List<List<String>> states) {
        List<List<String>> changes = new ArrayList<>();
        for (List<String> state : states) {
            if (changes.isEmpty() || !changes.getLast().equals(state)) {
                changes.add(state);
            }
        }
        return changes;
    }

    private void same(String what, List<?> recorded, List<?> truth) {
        if (!recorded.equals(truth)) {
            int at = 0;
            while (at < recorded.size() && at < truth.size() && recorded.get(at).equals(truth.get(at))) {
                at++;
            }
            wrong.add(
                    "%s: %d told, %d happened; from number %d on told %s, happened %s".formatted(what, recorded.size(),
                            truth.size(), at + 1, few(recorded, at), few(truth, at)));
        }
    }

    private static List<?> few(List<?> all, int from) {
        return all.subList(from, Math.min(all.size(), from + 4));
    }

    /**
     * Every conclusion against what happened: in its transaction, or in the time that it names.
     *
     * @param offsets how far the agent's clock was off at any time
     */
    void conclusions(
            String environment, List<RecordedEvent> events, List<Committed> truth, Collection<Duration> offsets) {
        for (RecordedEvent event : events) {
            Evidence evidence = evidence(event);
            if (evidence == null) {
                continue;
            }
            String transaction = transaction(event);
            List<Committed> possible = transaction == null
                    ? within(event.occurredAt(), truth, offsets)
                    : truth.stream().filter(it -> it.transaction().equals(transaction)).toList();
            boolean certain = evidence.certainty() == Certainty.CERTAIN;
            boolean right = possible.stream().anyMatch(it -> matches(event, it, transaction != null));
            String what = environment + (certain ? " certain" : " presumed");
            counts.merge(what, 1, Integer::sum);
            if (!right) {
                counts.merge(what + " wrong", 1, Integer::sum);
                (certain ? wrong : presumedWrong)
                        .add("%s and wrong: %s, when %s happened".formatted(what, event, possible));
            }
        }
    }

    private static List<Committed> within(
            Occurrence recorded, Collection<Committed> truth, Collection<Duration> offsets) {
        Instant from = switch (recorded.precision()) {
            case EXACT -> recorded.at();
            case BETWEEN -> recorded.notBefore() == null ? Instant.MIN : recorded.notBefore();
            case NO_LATER_THAN -> Instant.MIN;
        };
        return truth.stream()
                .filter(it -> offsets.stream().anyMatch(offset -> it.within(
                        from.equals(Instant.MIN) ? from : from.minus(offset), recorded.at().minus(offset))))
                .toList();
    }

    /** @param seen whether the statement was seen: Alembic's are distinguished from those typed by hand */
    private static boolean matches(RecordedEvent event, Committed happened, boolean seen) {
        return switch (event.event()) {
            case RevisionApplied it -> happened.kind() == Kind.UPGRADE && happened.revisions().contains(it.revision());
            case RevisionReverted it ->
                happened.kind() == Kind.DOWNGRADE && happened.revisions().contains(it.revision());
            case RevisionStamped _ -> happened.kind() == Kind.STAMP || (!seen && happened.kind() == Kind.EDIT);
            case VersionTableEdited _ -> happened.kind() == Kind.EDIT;
            default -> throw new IllegalArgumentException(event.toString());
        };
    }

    private static @Nullable Evidence evidence(RecordedEvent event) {
        return switch (event.event()) {
            case RevisionApplied it -> it.evidence();
            case RevisionReverted it -> it.evidence();
            case RevisionStamped it -> it.evidence();
            case VersionTableEdited it -> it.evidence();
            default -> null;
        };
    }

    private static @Nullable String transaction(RecordedEvent event) {
        Evidence evidence = evidence(event);
        Attribution attribution = evidence == null ? null : evidence.attribution();
        Attribution.Actor actor = attribution == null ? null : attribution.actor();
        return actor == null ? null : actor.transaction();
    }
}
