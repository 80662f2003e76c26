package dev.migrationledger.core.situation;

import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.core.graph.Identified;
import dev.migrationledger.core.graph.Identified.Found;
import dev.migrationledger.core.graph.Identified.NotFound;
import dev.migrationledger.core.graph.Identified.Reason;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.graph.RevisionIdentifiers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of a version table mean in a history. Alembic takes each row for an identifier, as if somebody had typed it.
 *
 * @param table with its state
 * @param exact rows that are ids, each once
 * @param unknown rows that mean nothing, each once, with what is said about them
 * @param inexact rows that mean something and are no id, each once
 * @param duplicate rows that stand there more than once, each once
 * @param overlapping ids that another row implies already
 * @param resolved what the rows amount to: the revisions that they mean, less those that others imply; sorted
 */
public record ResolvedRows(
        VersionTable table,
        List<String> exact,
        Map<String, NotFound> unknown,
        Map<String, Identified> inexact,
        List<String> duplicate,
        List<String> overlapping,
        List<String> resolved) {

    /**
     * What the rows of a version table mean.
     *
     * @param graph absent: nobody could read the scripts, and every row is taken for an id
     */
    public static ResolvedRows of(VersionTable table, @Nullable RevisionGraph graph) {
        SequencedSet<String> duplicate = new LinkedHashSet<>();
        SequencedSet<String> distinct = new LinkedHashSet<>();
        table.rows().forEach(row -> {
            if (!distinct.add(row)) {
                duplicate.add(row);
            }
        });
        if (graph == null) {
            List<String> taken = List.copyOf(distinct);
            return new ResolvedRows(table, taken, Map.of(), Map.of(), List.copyOf(duplicate), List.of(), taken);
        }
        List<String> exact = new ArrayList<>();
        Map<String, NotFound> unknown = new LinkedHashMap<>();
        Map<String, Identified> inexact = new LinkedHashMap<>();
        TreeSet<String> resolved = new TreeSet<>();
        RevisionIdentifiers identifiers = new RevisionIdentifiers(graph);
        for (String row : distinct) {
            if (graph.contains(row)) {
                exact.add(row);
                resolved.add(row);
                continue;
            }
            switch (identifiers.named(row)) {
                case Found found -> {
                    inexact.put(row, found);
                    resolved.addAll(found.revisions());
                }
                case NotFound none when none.reason() == Reason.UNKNOWN -> unknown.put(row, none);
                case NotFound several -> inexact.put(row, several);
            }
        }
        List<String> overlapping = graph.overlapping(exact);
        graph.overlapping(List.copyOf(resolved)).forEach(resolved::remove);
        return new ResolvedRows(
                table, exact, unknown, inexact, List.copyOf(duplicate), overlapping, List.copyOf(resolved));
    }

    /** What is left of the rows without the last of those that imply others; none where no row implies another. */
    public List<String> others(RevisionGraph graph) {
        List<String> others = new ArrayList<>(overlapping);
        others.removeAll(graph.overlapping(others));
        return others;
    }

    /** Whether there is anything that has to be put right in the table itself. */
    public boolean areClean() {
        return unknown.isEmpty() && inexact.isEmpty() && duplicate.isEmpty() && overlapping.isEmpty();
    }

    /** Whether it is known what they mean. */
    public boolean areUnderstood() {
        return unknown.isEmpty() && inexact.values().stream().allMatch(Found.class::isInstance);
    }

    public boolean areThere() {
        return table.state() == VersionTable.State.PRESENT;
    }

    /** What an upgrade to all heads would run, parents first. Nothing where a row is in no script: what would run from it is not known. */
    public List<String> pending(RevisionGraph graph) {
        return unknown.isEmpty() ? graph.upgradePath(resolved, graph.heads()) : List.of();
    }
}
