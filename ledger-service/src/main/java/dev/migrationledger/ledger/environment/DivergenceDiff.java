package dev.migrationledger.ledger.environment;

import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.envelope.EventIds;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.LedgerEvent;
import dev.migrationledger.contracts.event.LedgerEvent.DivergenceChanged;
import dev.migrationledger.contracts.event.LedgerEvent.DivergenceDetected;
import dev.migrationledger.contracts.event.LedgerEvent.DivergenceResolved;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How what was found differs from the divergences that are open. Pure. Whoever evaluates twice, from the same observations, records
 * once: the second time nothing differs.
 */
final class DivergenceDiff {

    private final RecordDivergences command;
    private final Instant recordedAt;
    private final SplittableRandom random;
    private final List<RecordedEvent> events = new ArrayList<>();

    private DivergenceDiff(RecordDivergences command, Instant recordedAt) {
        this.command = command;
        this.recordedAt = recordedAt;
        this.random = new SplittableRandom(command.chance());
    }

    /** What is to be recorded, in order: what is gone, then what is new or another one. */
    static List<RecordedEvent> of(EnvironmentState state, RecordDivergences command, Instant recordedAt) {
        DivergenceDiff diff = new DivergenceDiff(command, recordedAt);
        Map<String, Finding> found = new LinkedHashMap<>();
        command.findings().stream()
                .filter(finding -> command.evaluated().contains(finding.code()))
                .forEach(finding -> found.putIfAbsent(OpenDivergence.key(finding), finding));
        state.open().forEach((key, open) -> {
            if (command.evaluated().contains(open.code()) && !found.containsKey(key)) {
                diff.resolved(open);
            }
        });
        found.forEach((key, finding) -> diff.found(finding, state.open().get(key)));
        return List.copyOf(diff.events);
    }

    private void resolved(OpenDivergence open) {
        Instant before = command.observedBefore();
        Instant lastSeen = before == null || before.isBefore(open.since()) ? open.since() : before;
        Occurrence when = lastSeen.isBefore(command.observedAt())
                ? Occurrence.between(lastSeen, command.observedAt())
                : Occurrence.noLaterThan(command.observedAt());
        add(new DivergenceResolved(open.divergence(), open.code(), lastSeen, null), when);
    }

    private void found(Finding finding, @Nullable OpenDivergence open) {
        if (open == null) {
            add(new DivergenceDetected(id(), finding), Occurrence.noLaterThan(command.observedAt()));
        } else if (!open.matches(finding)
                && (!command.elsewhere().contains(finding.code()) || open.severity() != finding.severity())) {
            add(new DivergenceChanged(open.divergence(), finding), Occurrence.noLaterThan(command.observedAt()));
        }
    }

    private void add(LedgerEvent event, Occurrence when) {
        events.add(new RecordedEvent(
                id(), command.project(), command.environment(), null, when, recordedAt, event));
    }

    private UUID id() {
        return EventIds.next(command.now(), random);
    }
}
