package dev.migrationledger.agent.inference.round;

import dev.migrationledger.agent.database.capture.CapturedChange;
import dev.migrationledger.agent.database.capture.LoggedChanges;
import dev.migrationledger.agent.database.observation.Observation;
import dev.migrationledger.agent.database.observation.VersionRow;
import dev.migrationledger.agent.inference.VersionTableRows;
import dev.migrationledger.agent.inference.poll.CatalogEvidence;
import dev.migrationledger.agent.inference.poll.DatedEvent;
import dev.migrationledger.agent.inference.poll.SchemaDelta;
import dev.migrationledger.agent.inference.poll.TransitionInference;
import dev.migrationledger.agent.inference.poll.VersionTableSnapshot;
import dev.migrationledger.agent.inference.replay.ReplayContext;
import dev.migrationledger.agent.inference.replay.TransactionReplay;
import dev.migrationledger.agent.inference.replay.Transition;
import dev.migrationledger.agent.inference.replay.Transition.Captured;
import dev.migrationledger.agent.inference.replay.Transition.Uncaptured;
import dev.migrationledger.agent.spool.ObservedFact;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.event.AgentEvent.VersionTableObserved;
import dev.migrationledger.contracts.event.VersionTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the way from one poll to the next: exactly where it was captured, and by inference where it was not. After
 * each captured transaction the table is reported as that left it, so that a state between the polls is right as well.
 *
 * @param table as it was reported last; absent where it was not reported
 * @param capture what to remember; absent where nothing is captured
 * @param complete whether capture saw everything since the previous poll
 */
record ObservedChanges(
        List<ObservedFact> facts, @Nullable VersionTable table, @Nullable CapturePosition capture, boolean complete) {
    ObservedChanges {
        facts = List.copyOf(facts);
    }

    /**
     * Takes a poll's changes.
     *
     * @param last the previous poll; absent where there is none that can be compared
     * @param read up to where captured changes were made events
     * @param schema what the poll says about the schema
     * @param window in which everything happened that is not dated
     */
    static ObservedChanges of(
            @Nullable LastObservation last, @Nullable CapturePosition read, Observation observation, SchemaDelta schema,
            ScriptsReading scripts,
            Occurrence window, Instant now) {
        VersionTableSnapshot seen = new VersionTableSnapshot(observation.table(), observation.rows());
        CatalogEvidence traces = new CatalogEvidence(observation.traces(), schema.changed(), observation.searched(),
                schema.touched(),
                schema.difference());
        if (observation.captured() instanceof LoggedChanges.Read captured) {
            return new CapturedChanges(last, observation, seen, scripts, traces, window, now).of(captured, read);
        }
        List<DatedEvent> steps = last == null
                ? TransitionInference.atFirst(seen, traces)
                : TransitionInference.between(last.seen(), seen, scripts.graph(), scripts.footprints(), traces);
        return new ObservedChanges(dated(steps, window, now), null, null, false);
    }

    private static List<ObservedFact> dated(List<DatedEvent> steps, Occurrence window, Instant now) {
        return steps.stream().map(step -> {
            Instant committed = step.committedAt();
            return new ObservedFact(step.event(), committed == null ? window : Occurrence.exactly(committed), now);
        }).toList();
    }

    private record CapturedChanges(
            @Nullable LastObservation last,
            Observation observation,
            VersionTableSnapshot seen,
            ScriptsReading scripts,
            CatalogEvidence traces,
            Occurrence window,
            Instant now) {

        ObservedChanges of(LoggedChanges.Read captured, @Nullable CapturePosition read) {
            List<CapturedChange> changes = new ArrayList<>(last == null || read == null ? List.of() : read.unclaimed());
            captured.transactions().forEach(transaction -> changes.addAll(transaction.changes()));
            TransactionReplay replay = TransactionReplay.of(
                    last == null ? null : VersionTableRows.of(last.seen().table()), changes,
                    VersionTableRows.of(observation.table()),
                    new ReplayContext(scripts.graph(), scripts.footprints(), observation.table().name(),
                            captured.eventTriggers()));
            List<ObservedFact> facts = new ArrayList<>(last == null ? untouched(changes) : List.of());
            VersionTable published = null;
            Map<String, Instant> commits = commits();
            List<Transition> transitions = replay.transitions();
            for (int i = 0; i < transitions.size(); i++) {
                switch (transitions.get(i)) {
                    case Captured change -> {
                        Occurrence when = Occurrence.exactly(commits.getOrDefault(shortened(change), change.at()));
                        facts.add(new ObservedFact(change.event(), when, now));
                        if (i + 1 == transitions.size() || !(transitions.get(i + 1) instanceof Captured next)
                                || !next.transaction().equals(change.transaction())) {
                            published = change.left().as(observation.table().name())
                                    .besides(observation.table().written());
                            facts.add(new ObservedFact(new VersionTableObserved(published), when, now));
                        }
                    }
                    case Uncaptured uncaptured -> facts.addAll(dated(
                            TransitionInference.between(seen(uncaptured.before()), seen(uncaptured.after()),
                                    scripts.graph(),
                                    scripts.footprints(), traces),
                            window, now));
                }
            }
            CapturePosition next = new CapturePosition(captured.cursor(), captured.coverage(), replay.unclaimed());
            boolean complete = last != null && read != null && read.coverage() != null
                    && read.coverage().equals(captured.coverage())
                    && transitions.stream().noneMatch(Uncaptured.class::isInstance);
            return new ObservedChanges(facts, published, next, complete);
        }

        /** At a first poll, the rows that no captured change wrote are judged by themselves. */
        private List<ObservedFact> untouched(List<CapturedChange> changes) {
            Set<String> written = changes.stream()
                    .map(CapturedChange::after)
                    .map(String::valueOf)
                    .collect(Collectors.toSet());
            List<VersionRow> rest = observation.rows().stream().filter(row -> !written.contains(row.version()))
                    .toList();
            return dated(
                    TransitionInference.atFirst(
                            seen(new VersionTableRows(false, rest.stream().map(VersionRow::version).toList())), traces),
                    window, now);
        }

        /** Rows with their writers as far as one of the two polls saw them. */
        private VersionTableSnapshot seen(VersionTableRows rows) {
            Map<String, VersionRow> writers = new HashMap<>();
            if (last != null) {
                last.seen().rows().forEach(row -> writers.put(row.version(), row));
            }
            observation.rows().forEach(row -> writers.put(row.version(), row));
            return new VersionTableSnapshot(rows.as(observation.table().name()), rows.versions().stream()
                    .map(version -> writers.getOrDefault(version, new VersionRow(version, "", null)))
                    .toList());
        }

        /** When transactions committed whose rows are still there, where the server tracks it. */
        private Map<String, Instant> commits() {
            Map<String, Instant> commits = new HashMap<>();
            observation.rows().forEach(row -> {
                Instant committed = row.committedAt();
                if (committed != null) {
                    commits.put(row.transaction(), committed);
                }
            });
            return commits;
        }

        /** A row knows the last 32 bits of its transaction's number. */
        private static String shortened(Captured change) {
            return Long.toString(Long.parseUnsignedLong(change.transaction()) & 0xFFFF_FFFFL);
        }
    }
}
