package dev.migrationledger.agent.physical;

import dev.migrationledger.core.graph.RevisionGraph;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * A set of revisions at which a database can be, together with the stops that are reached from it first.
 *
 * @param revisions with all that they need
 * @param rows as the version table holds them, sorted
 * @param reached by one more revision each; every stop of a history is reached once, along as few forks as go
 */
record Stop(Set<String> revisions, List<String> rows, List<Next> reached) {

    /** One revision further. */
    record Next(String revision, Stop stop) {}

    /**
     * The first stop of a history, where nothing ran, from which all others are reached.
     *
     * @param most stops that there may be
     * @throws TooMany if there are more
     */
    static Stop first(RevisionGraph graph, int most) {
        Map<String, Set<String>> needed = new LinkedHashMap<>();
        for (String revision : graph.topological(graph.ancestors(graph.heads()))) {
            Set<String> before = new HashSet<>(graph.ancestors(List.of(revision)));
            before.remove(revision);
            needed.put(revision, before);
        }
        return from(needed, Set.of(), new HashSet<>(), most);
    }

    /** The first of a line of stops: all revisions, one after the other, each branch after what it comes from. */
    static Stop line(RevisionGraph graph) {
        List<String> order = graph.topological(graph.ancestors(graph.heads()));
        List<Set<String>> sets = new ArrayList<>(List.of(Set.of()));
        List<Set<String>> rows = new ArrayList<>(List.of(Set.of()));
        for (String revision : order) {
            Set<String> further = new HashSet<>(sets.getLast());
            further.add(revision);
            sets.add(Set.copyOf(further));
            Set<String> held = new TreeSet<>(rows.getLast());
            held.removeAll(graph.ancestors(List.of(revision)));
            held.add(revision);
            rows.add(held);
        }
        Stop stop = null;
        for (int i = sets.size() - 1; i >= 0; i--) {
            stop = new Stop(sets.get(i), List.copyOf(rows.get(i)),
                    stop == null ? List.of() : List.of(new Next(order.get(i), stop)));
        }
        return Objects.requireNonNull(stop);
    }

    static final class TooMany extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooMany(int most) {
            super("more than " + most + " sets of heads can be reached");
        }
    }

    private static Stop from(Map<String, Set<String>> needed, Set<String> revisions, Set<Set<String>> seen,
            int most) {
        seen.add(revisions);
        if (seen.size() > most) {
            throw new TooMany(most);
        }
        List<Next> reached = new ArrayList<>();
        needed.forEach((revision, before) -> {
            if (!revisions.contains(revision) && revisions.containsAll(before)) {
                Set<String> further = new HashSet<>(revisions);
                further.add(revision);
                if (!seen.contains(further)) {
                    reached.add(new Next(revision, from(needed, Set.copyOf(further), seen, most)));
                }
            }
        });
        Set<String> rows = new TreeSet<>(revisions);
        revisions.forEach(revision -> rows.removeAll(needed.getOrDefault(revision, Set.of())));
        return new Stop(revisions, List.copyOf(rows), reached);
    }

    /** This one and all that are reached from it, in the order in which they are. */
    List<Stop> all() {
        List<Stop> all = new ArrayList<>();
        collect(all);
        return all;
    }

    private void collect(List<Stop> into) {
        into.add(this);
        reached.forEach(next -> next.stop.collect(into));
    }
}
