package dev.migrationledger.agent.inference.replay;

import dev.migrationledger.agent.inference.VersionTableRows;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.core.graph.RevisionGraph;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Writes the rows that Alembic writes, by the rules of its {@code HeadMaintainer}, and knows what it did.
 */
final class SimulatedAlembic {

    final CapturedLog captured = new CapturedLog();
    final Set<String> rows = new TreeSet<>();
    /** What really happened, in order: {@code applied r}, {@code reverted r}, {@code stamped}. */
    final List<String> truth = new ArrayList<>();

    private final RevisionGraph graph;
    private final Predicate<String> leavesWork;

    SimulatedAlembic(RevisionGraph graph, Predicate<String> leavesWork) {
        this.graph = graph;
        this.leavesWork = leavesWork;
    }

    void upgrade(String target, boolean transactionPerMigration) {
        captured.begin();
        for (String revision : graph.upgradePath(rows, List.of(target))) {
            work(revision);
            up(revision);
            truth.add("applied " + revision);
            if (transactionPerMigration) {
                captured.begin();
            }
        }
    }

    /** Everything above the target, and the target, is taken away, children first. */
    void downgradeBelow(String target) {
        captured.begin();
        Set<String> above = new HashSet<>(graph.descendants(List.of(target)));
        above.retainAll(graph.implied(rows));
        for (String revision : graph.topological(above).reversed()) {
            work(revision);
            down(revision);
            truth.add("reverted " + revision);
        }
    }

    /** As 'stamp': rows above or below the target become it, others stay. */
    void stamp(String target) {
        captured.begin();
        List<String> lineage = rows.stream()
                .filter(row -> !row.equals(target) && (graph.ancestors(List.of(row)).contains(target)
                        || graph.ancestors(List.of(target)).contains(row)))
                .toList();
        if (rows.contains(target)) {
            return;
        }
        replace(lineage, target);
        truth.add("stamped");
    }

    void stampPurged(String target) {
        captured.begin().purge(rows.toArray(String[]::new)).insert(target);
        rows.clear();
        rows.add(target);
        truth.add("stamped");
    }

    private void work(String revision) {
        if (leavesWork.test(revision)) {
            captured.work();
        }
    }

    private void up(String revision) {
        Set<String> from = new TreeSet<>(needs(revision));
        from.retainAll(rows);
        Set<String> others = new HashSet<>(rows);
        others.removeAll(from);
        from.removeAll(graph.ancestors(others));
        replace(List.copyOf(from), revision);
    }

    private void replace(List<String> from, String to) {
        if (from.isEmpty()) {
            captured.insert(to);
        } else {
            from.subList(0, from.size() - 1).forEach(captured::delete);
            captured.update(from.getLast(), to);
        }
        from.forEach(rows::remove);
        rows.add(to);
    }

    private void down(String revision) {
        Set<String> others = new HashSet<>(rows);
        others.remove(revision);
        Set<String> needs = needs(revision);
        Set<String> to = new TreeSet<>(needs);
        to.removeAll(graph.overlapping(needs));
        to.removeAll(graph.ancestors(others));
        List<String> left = List.copyOf(to);
        if (left.isEmpty()) {
            captured.delete(revision);
        } else {
            left.subList(0, left.size() - 1).forEach(captured::insert);
            captured.update(revision, left.getLast());
        }
        rows.remove(revision);
        rows.addAll(left);
    }

    private Set<String> needs(String revision) {
        Revision found = graph.find(revision).orElseThrow();
        Set<String> needs = new HashSet<>(found.parents());
        needs.addAll(found.dependsOn());
        return needs;
    }

    VersionTableRows rows() {
        return new VersionTableRows(false, List.copyOf(rows));
    }
}
