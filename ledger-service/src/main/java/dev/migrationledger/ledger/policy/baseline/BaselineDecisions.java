package dev.migrationledger.ledger.policy.baseline;

import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.envelope.EventIds;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.PolicyEvent;
import dev.migrationledger.contracts.event.PolicyEvent.AcceptanceExpired;
import dev.migrationledger.contracts.event.PolicyEvent.AcceptanceGranted;
import dev.migrationledger.contracts.event.PolicyEvent.AcceptanceWithdrawn;
import dev.migrationledger.contracts.event.PolicyEvent.PolicyApplied;
import dev.migrationledger.contracts.policy.AcceptedFinding;
import dev.migrationledger.contracts.policy.Baseline.Status;
import dev.migrationledger.ledger.environment.FindingFacts;
import dev.migrationledger.ledger.recording.stream.Decision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What may be recorded about the findings that a project accepts. Pure. */
public final class BaselineDecisions {

    /** More findings of a project are not accepted: they are in every state of it. */
    public static final int MOST = 1_000;

    private BaselineDecisions() {}

    /** What is accepted in the same way already is not recorded again. */
    public static Decision<BaselineResult> accept(List<AcceptanceGranted> baseline, AcceptFindings command) {
        Map<String, AcceptanceGranted> accepted = baseline.stream()
                .collect(Collectors.toMap(BaselineDecisions::key, Function.identity()));
        Set<String> keys = new HashSet<>(accepted.keySet());
        Set<UUID> done = new HashSet<>();
        List<RecordedEvent> events = new ArrayList<>();
        new TreeMap<>(command.findings()).forEach((id, finding) -> {
            AcceptanceGranted wanted = granted(id, finding, command);
            AcceptanceGranted before = accepted.get(key(wanted));
            if (before != null && isSame(before, wanted)) {
                done.add(before.acceptance());
            } else {
                keys.add(key(wanted));
                done.add(id);
                events.add(recorded(id, command.project(), command.now(), wanted));
            }
        });
        return keys.size() > MOST
                ? new Decision<>(new BaselineResult.TooMany(keys.size()), List.of())
                : new Decision<>(new BaselineResult.Done(done), events);
    }

    public static Decision<BaselineResult> withdraw(List<AcceptanceGranted> baseline, WithdrawAcceptance command) {
        return baseline.stream().anyMatch(one -> one.acceptance().equals(command.acceptance()))
                ? new Decision<>(new BaselineResult.Done(Set.of(command.acceptance())),
                        List.of(recorded(command.eventId(), command.project(), command.now(),
                                new AcceptanceWithdrawn(command.acceptance(), command.by()))))
                : new Decision<>(new BaselineResult.Unknown(), List.of());
    }

    /**
     * Records each end by time once, as of that time.
     *
     * @param expired acceptances of the baseline whose end is recorded
     */
    public static Decision<BaselineResult> expire(
            List<AcceptanceGranted> baseline, Set<UUID> expired, ExpireAcceptances command) {
        SplittableRandom random = new SplittableRandom(command.chance());
        List<AcceptanceGranted> over = baseline.stream()
                .filter(one -> !command.now().isBefore(one.until()) && !expired.contains(one.acceptance()))
                .toList();
        return new Decision<>(
                new BaselineResult.Done(
                        over.stream().map(AcceptanceGranted::acceptance).collect(Collectors.toSet())),
                over.stream()
                        .map(one -> new RecordedEvent(EventIds.next(command.now(), random), command.project(), null,
                                null, Occurrence.exactly(one.until()), command.now(),
                                new AcceptanceExpired(one.acceptance())))
                        .toList());
    }

    /** The baseline after one more event. What expired stays in it until it is withdrawn or accepted again. */
    public static List<AcceptanceGranted> evolve(List<AcceptanceGranted> baseline, PolicyEvent event) {
        return switch (event) {
            case PolicyApplied _,AcceptanceExpired _ -> baseline;
            case AcceptanceGranted granted -> {
                List<AcceptanceGranted> after = new ArrayList<>(baseline);
                after.removeIf(one -> key(one).equals(key(granted)));
                after.add(granted);
                yield List.copyOf(after);
            }
            case AcceptanceWithdrawn withdrawn -> baseline.stream()
                    .filter(one -> !one.acceptance().equals(withdrawn.acceptance())).toList();
        };
    }

    /** The acceptances of a baseline whose end is recorded, after one more event. */
    public static Set<UUID> expired(Set<UUID> expired, List<AcceptanceGranted> after, PolicyEvent event) {
        Set<UUID> now = new HashSet<>(expired);
        if (event instanceof AcceptanceExpired over) {
            now.add(over.acceptance());
        }
        now.retainAll(after.stream().map(AcceptanceGranted::acceptance).collect(Collectors.toSet()));
        return Set.copyOf(now);
    }

    /**
     * What became of an accepted finding.
     *
     * @param found what is open about the same thing; absent: nothing
     */
    public static Status status(AcceptedFinding accepted, @Nullable Finding found, Instant now) {
        if (found == null) {
            return Status.GONE;
        }
        if (!now.isBefore(accepted.until())) {
            return Status.ENDED;
        }
        return accepted.covers(found) ? Status.OPEN : Status.WORSE;
    }

    private static AcceptanceGranted granted(UUID id, Finding finding, AcceptFindings command) {
        return new AcceptanceGranted(id, command.environment(), finding.code(), finding.subject(), finding.severity(),
                AcceptedFinding.facts(finding).stream().sorted().toList(), command.reason(), command.owner(),
                command.until(), command.by());
    }

    private static boolean isSame(AcceptanceGranted one, AcceptanceGranted other) {
        return one.severity() == other.severity() && one.facts().equals(other.facts())
                && one.reason().equals(other.reason()) && one.owner().equals(other.owner())
                && one.until().equals(other.until());
    }

    /** What makes two acceptances of one project be about the same finding. No name of an environment holds a blank. */
    private static String key(AcceptanceGranted granted) {
        return granted.environment() + " " + FindingFacts.key(granted.code(), granted.subject());
    }

    private static RecordedEvent recorded(UUID id, String project, Instant now, PolicyEvent event) {
        return new RecordedEvent(id, project, null, null, Occurrence.exactly(now), now, event);
    }
}
