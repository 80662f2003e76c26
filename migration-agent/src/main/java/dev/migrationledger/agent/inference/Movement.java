package dev.migrationledger.agent.inference;

import dev.migrationledger.core.graph.RevisionGraph;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The revisions between two states of a version table.
 *
 * @param up revisions that count now and did not before, parents before children, unknown ones at the end
 * @param down revisions that counted and do not any more, parents before children
 * @param ambiguous whether a row unknown to the scripts (an image older than its database) hides part of the path
 */
public record Movement(List<String> up, List<String> down, boolean ambiguous) {
    public Movement {
        up = List.copyOf(up);
        down = List.copyOf(down);
    }

    /** The way from one content of the table to another, as far as the graph knows it. */
    public static Movement between(Set<String> before, Set<String> after, RevisionGraph graph) {
        Set<String> implied = graph.implied(after);
        Set<String> had = graph.implied(before);
        if (graph.unknown(before).isEmpty() && graph.unknown(after).isEmpty()) {
            return new Movement(
                    graph.topological(without(implied, had)), graph.topological(without(had, implied)), false);
        }
        Set<String> added = without(after, before);
        Set<String> gone = without(before, after);
        return new Movement(
                ordered(upFromAnchors(added, gone, had, graph), graph),
                ordered(downToAnchors(added, gone, implied, graph), graph),
                true);
    }

    /** What an unknown row stands for cannot be said, so only a step from a row that was there is followed along the graph. */
    private static Set<String> upFromAnchors(
            Set<String> added, Set<String> gone, Set<String> had, RevisionGraph graph) {
        Set<String> up = new LinkedHashSet<>();
        for (String row : added) {
            Set<String> needs = graph.ancestors(List.of(row));
            if (gone.stream().anyMatch(needs::contains)) {
                up.addAll(without(needs, had));
            } else if (!had.contains(row)) {
                up.add(row);
            }
        }
        return up;
    }

    /** A known row that gave way to an unknown one may well be among its ancestors: that is no way down. */
    private static Set<String> downToAnchors(
            Set<String> added, Set<String> gone, Set<String> implied, RevisionGraph graph) {
        Set<String> down = new LinkedHashSet<>();
        for (String row : gone) {
            Set<String> needs = graph.ancestors(List.of(row));
            if (added.stream().anyMatch(needs::contains)) {
                down.addAll(without(needs, implied));
            } else if (added.isEmpty() && !implied.contains(row)) {
                down.add(row);
            }
        }
        return down;
    }

    private static List<String> ordered(Set<String> revisions, RevisionGraph graph) {
        List<String> ordered = new ArrayList<>(graph.topological(revisions));
        ordered.addAll(new TreeSet<>(graph.unknown(revisions)));
        return ordered;
    }

    private static Set<String> without(Collection<String> all, Set<String> taken) {
        Set<String> rest = new HashSet<>(all);
        rest.removeAll(taken);
        return rest;
    }
}
