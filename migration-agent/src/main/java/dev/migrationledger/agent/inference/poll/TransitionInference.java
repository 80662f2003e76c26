package dev.migrationledger.agent.inference.poll;

import dev.migrationledger.agent.database.observation.Trace;
import dev.migrationledger.agent.database.observation.VersionRow;
import dev.migrationledger.agent.inference.Movement;
import dev.migrationledger.agent.inference.RevisionFootprints;
import dev.migrationledger.agent.inference.VersionTableRows;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.AgentEvent.RevisionApplied;
import dev.migrationledger.contracts.event.AgentEvent.RevisionReverted;
import dev.migrationledger.contracts.event.AgentEvent.RevisionStamped;
import dev.migrationledger.contracts.event.AgentEvent.VersionTableEdited;
import dev.migrationledger.contracts.event.Clue.Fact;
import dev.migrationledger.contracts.event.Clue.Known;
import dev.migrationledger.contracts.event.Clue.OnTheWay;
import dev.migrationledger.contracts.event.Clue.OnTheWay.Direction;
import dev.migrationledger.contracts.event.Clue.Sideways;
import dev.migrationledger.contracts.event.Evidence;
import dev.migrationledger.contracts.event.Evidence.Certainty;
import dev.migrationledger.contracts.event.Evidence.Method;
import dev.migrationledger.core.graph.RevisionGraph;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What happened between two looks at a version table. Polling sees only successive states; the steps between them are those
 * that the graph demands, marked as inferred. A step is certain only where nothing else can explain what was seen; nothing that was
 * taken back is. Pure, and the one place where such conclusions are drawn.
 */
public final class TransitionInference {

    private final VersionTableSnapshot before;
    private final VersionTableSnapshot after;
    private final RevisionGraph graph;
    private final CatalogEvidence traces;
    private final Movement movement;
    private final List<VersionRow> added;
    private final List<String> gone;
    private final List<DatedEvent> steps = new ArrayList<>();
    private final RevisionPath up;
    private final RevisionPath down;

    private TransitionInference(VersionTableSnapshot before, VersionTableSnapshot after, RevisionGraph graph,
            RevisionFootprints footprints, CatalogEvidence traces) {
        this.before = before;
        this.after = after;
        this.graph = graph;
        this.traces = traces;
        this.movement = Movement.between(before.versions(), after.versions(), graph);
        this.added = after.rowsNotIn(before);
        this.gone = before.versionsNotIn(after);
        this.up = RevisionPath.up(movement.up(), graph, footprints, traces);
        this.down = RevisionPath.down(movement.down(), graph, footprints, traces);
    }

    /**
     * The first look at a database, or at another one under the same address: only its rows can be judged. That their
     * ancestors count as applied is implied and not said.
     */
    public static List<DatedEvent> atFirst(VersionTableSnapshot now, CatalogEvidence traces) {
        List<DatedEvent> steps = new ArrayList<>();
        for (VersionRow row : now.rowsNotIn(VersionTableSnapshot.nothing(now.table().name()))) {
            if (traces.of(row) != null) {
                steps.add(new DatedEvent(
                        new RevisionApplied(row.version(), false, traces.thatRan(row).orElseThrow()),
                        row.committedAt()));
            } else if (traces.searched()) {
                steps.add(new DatedEvent(
                        new RevisionStamped(
                                List.of(row.version()),
                                List.of(),
                                new Evidence(
                                        Method.XMIN,
                                        Certainty.PRESUMED,
                                        Fact.NO_CATALOG_ROWS)),
                        row.committedAt()));
            }
        }
        return steps;
    }

    /** What happened from one poll to the next, in an order in which it can have happened. Nothing if the rows are the same. */
    public static List<DatedEvent> between(
            VersionTableSnapshot before, VersionTableSnapshot after, RevisionGraph graph, RevisionFootprints footprints,
            CatalogEvidence traces) {
        if (before.table().rows().equals(after.table().rows()) && before.missing() == after.missing()) {
            return List.of();
        }
        return new TransitionInference(before, after, graph, footprints, traces).taken();
    }

    private List<DatedEvent> taken() {
        if (after.missing() && !before.missing()) {
            edited(Fact.TABLE_DROPPED);
            return steps;
        }
        boolean byHand = VersionTableRows.of(after.table()).conflictsSince(VersionTableRows.of(before.table()), graph);
        if (byHand) {
            edited(Fact.CONFLICTING_ROWS);
        } else if (movement.up().isEmpty() && movement.down().isEmpty()
                && !before.table().rows().equals(after.table().rows())) {
            // They held one another, or one was there twice, and are in order again.
            add(new RevisionStamped(List.copyOf(after.versions()), gone, new Evidence(Method.POLL, Certainty.PRESUMED,
                    Fact.SAME_MEANING)), committed(added));
        }
        List<VersionRow> ran = added.stream()
                .filter(row -> traces.thatRan(row).isPresent() && !up.isContradicted(reached(List.of(row)))).toList();
        List<VersionRow> written = added.stream().filter(row -> !ran.contains(row)).toList();
        boolean reverted = !movement.down().isEmpty() && revert(ran);
        apply(ran);
        if (!byHand) {
            stamp(written, reverted);
        }
        return steps;
    }

    private void edited(Fact fact) {
        add(
                new VersionTableEdited(
                        before.table().rows(),
                        after.table().rows(),
                        new Evidence(Method.POLL, Certainty.CERTAIN, fact)),
                null);
    }

    /** Children first. Says whether it was a migration at all. */
    private boolean revert(List<VersionRow> ran) {
        Optional<Evidence> trace = traces.thatRan(added);
        Optional<Evidence> evidence = trace.isEmpty() && onlyMerges(movement.down()) && movement.up().isEmpty()
                ? Optional.of(CatalogEvidence.emptyMerge())
                : trace;
        if (evidence.isEmpty() || down.isContradicted(movement.down())) {
            return false;
        }
        // Moving sideways, the trace may be that of the way up alone.
        Evidence known = movement.up().isEmpty()
                ? evidence.get()
                : evidence.get().doubted(new Sideways(gone, versions(added)));
        Instant committed = ran.size() == 1 && movement.up().isEmpty() ? ran.getFirst().committedAt() : null;
        Set<String> rows = before.versions();
        List<String> contradicted = new ArrayList<>();
        for (String revision : movement.down().reversed()) {
            if (down.kind(revision) == RevisionPath.Kind.CONTRADICTED) {
                contradicted.add(revision);
                continue;
            }
            boolean seen = rows.contains(revision);
            add(
                    new RevisionReverted(
                            revision, !seen, seen ? known : known.doubted(new OnTheWay(Direction.DOWN_FROM, gone))),
                    seen ? committed : null);
        }
        if (!contradicted.isEmpty() && movement.up().isEmpty()) {
            add(new RevisionStamped(List.copyOf(after.versions()), gone, CatalogEvidence.contradicted(contradicted)),
                    null);
        }
        return true;
    }

    /** Parents first: the rows that a migration wrote, and every step that leads to them. */
    private void apply(List<VersionRow> ran) {
        List<String> contradicted = new ArrayList<>();
        for (String revision : reached(ran)) {
            if (up.kind(revision) == RevisionPath.Kind.CONTRADICTED) {
                contradicted.add(revision);
                continue;
            }
            stampOver(contradicted);
            boolean seen = after.versions().contains(revision);
            VersionRow row = ran.stream()
                    .filter(one -> leadsTo(one, revision))
                    .findFirst()
                    .orElseThrow();
            add(new RevisionApplied(revision, !seen, applied(revision, row)), seen ? row.committedAt() : null);
        }
        stampOver(contradicted);
    }

    /** Revisions that only their rows, or those of later ones, speak for. */
    private void stampOver(List<String> contradicted) {
        if (!contradicted.isEmpty()) {
            add(new RevisionStamped(List.of(contradicted.getLast()), gone, CatalogEvidence.contradicted(contradicted)),
                    null);
            contradicted.clear();
        }
    }

    /** Revisions that count now, and did not before, by these rows; parents first. */
    private List<String> reached(List<VersionRow> rows) {
        return movement.up().stream().filter(revision -> rows.stream().anyMatch(row -> leadsTo(row, revision)))
                .toList();
    }

    /** Whether a revision counts by a row. */
    private boolean leadsTo(VersionRow row, String revision) {
        return row.version().equals(revision) || graph.implied(List.of(row.version())).contains(revision);
    }

    private Evidence applied(String revision, VersionRow row) {
        Trace trace = traces.of(row);
        Evidence evidence = traces.thatRan(row).orElseThrow();
        if (movement.ambiguous()) {
            return evidence.doubted(new Known(Fact.UNKNOWN_ROW));
        }
        if (trace != null && movement.down().isEmpty() && up.kind(revision, trace) == RevisionPath.Kind.CERTAIN) {
            return CatalogEvidence.sure(trace);
        }
        return row.version().equals(revision)
                ? evidence
                : evidence.doubted(new OnTheWay(Direction.UP_TO, List.of(row.version())));
    }

    /** What no migration wrote. */
    private void stamp(List<VersionRow> written, boolean reverted) {
        boolean wayDown = movement.up().isEmpty() && !movement.down().isEmpty();
        if (wayDown && !reverted) {
            // Rows that stayed are named too: no row at all means base.
            add(new RevisionStamped(List.copyOf(after.versions()), gone,
                    down.isContradicted(movement.down())
                            ? CatalogEvidence.contradicted(movement.down())
                            : CatalogEvidence.noTrace()),
                    committed(written));
        } else if (!wayDown && !written.isEmpty() && !movement.up().isEmpty()) {
            Set<String> ran = graph.implied(versions(
                    added.stream().filter(row -> !written.contains(row)).toList()));
            List<String> reached = movement.up().stream().filter(revision -> !ran.contains(revision)).toList();
            if (onlyMerges(reached) && movement.down().isEmpty()) {
                reached.forEach(revision -> add(
                        new RevisionApplied(revision, !after.versions().contains(revision),
                                CatalogEvidence.emptyMerge()),
                        committed(written)));
            } else {
                add(
                        new RevisionStamped(versions(written), replacedBy(written),
                                up.isContradicted(reached)
                                        ? CatalogEvidence.contradicted(reached)
                                        : CatalogEvidence.noTrace()),
                        committed(written));
            }
        }
    }

    private List<String> replacedBy(List<VersionRow> written) {
        if (written.size() == added.size()) {
            return gone;
        }
        Set<String> needed = graph.ancestors(versions(written));
        return gone.stream().filter(needed::contains).toList();
    }

    private boolean onlyMerges(Collection<String> revisions) {
        return !revisions.isEmpty()
                && revisions.stream().allMatch(revision -> graph.find(revision)
                        .filter(found -> found.parents().size() > 1)
                        .isPresent());
    }

    /** When these rows were committed, if that was one moment. */
    private static @Nullable Instant committed(List<VersionRow> rows) {
        Instant moment = rows.isEmpty() ? null : rows.getFirst().committedAt();
        return rows.stream().allMatch(row -> Objects.equals(row.committedAt(), moment)) ? moment : null;
    }

    private static List<String> versions(List<VersionRow> rows) {
        return rows.stream().map(VersionRow::version).toList();
    }

    private void add(AgentEvent event, @Nullable Instant committedAt) {
        steps.add(new DatedEvent(event, committedAt));
    }
}
