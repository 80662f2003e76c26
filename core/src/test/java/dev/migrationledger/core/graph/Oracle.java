package dev.migrationledger.core.graph;

import dev.migrationledger.contracts.revision.Revision;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * The same answers, straight from the definitions: sets of ids, repeated until nothing changes, without any of the graph's own
 * code. Slow and plain.
 */
final class Oracle {

    private final List<Revision> revisions;
    private final Map<String, Revision> found = new LinkedHashMap<>();

    Oracle(List<Revision> revisions) {
        this.revisions = revisions;
        revisions.forEach(revision -> found.put(revision.revision(), revision));
    }

    /** What a revision needs directly. */
    private Set<String> needs(Revision revision) {
        Set<String> needs = new LinkedHashSet<>(revision.parents());
        for (String dependency : revision.dependsOn()) {
            if (found.containsKey(dependency)) {
                needs.add(dependency);
            } else {
                revisions.stream().filter(r -> r.labels().contains(dependency)).findFirst()
                        .ifPresent(r -> needs.add(r.revision()));
            }
        }
        needs.retainAll(found.keySet());
        return needs;
    }

    Set<String> ancestors(Collection<String> ids) {
        Set<String> all = new TreeSet<>(ids);
        all.retainAll(found.keySet());
        boolean grown = true;
        while (grown) {
            grown = all.addAll(all.stream().flatMap(id -> needs(revision(id)).stream()).toList());
        }
        return all;
    }

    Set<String> descendants(Collection<String> ids) {
        Set<String> all = new TreeSet<>();
        found.keySet().stream().filter(id -> ids.stream().anyMatch(from -> ancestors(List.of(id)).contains(from)))
                .forEach(all::add);
        return all;
    }

    List<String> heads() {
        return revisions.stream()
                .filter(r -> isLost(r)
                        || found.values().stream().noneMatch(child -> child.parents().contains(r.revision())))
                .map(Revision::revision).toList();
    }

    List<String> realHeads() {
        return revisions.stream()
                .filter(r -> isLost(r)
                        || found.values().stream().noneMatch(child -> needs(child).contains(r.revision())))
                .map(Revision::revision).toList();
    }

    Set<String> branchPoints() {
        Set<String> points = new TreeSet<>();
        found.keySet().stream().filter(id -> children(id).size() > 1).forEach(points::add);
        return points;
    }

    List<String> children(String id) {
        return revisions.stream().filter(r -> !isLost(r) && r.parents().contains(id)).map(Revision::revision).toList();
    }

    boolean isBefore(String one, String other) {
        return !one.equals(other) && ancestors(List.of(other)).contains(one);
    }

    /** Before, and not after as well, which is possible on a cycle. */
    boolean isStrictlyBefore(String one, String other) {
        return isBefore(one, other) && !isBefore(other, one);
    }

    Set<String> mergeBase(Collection<String> left, Collection<String> right) {
        Set<String> common = ancestors(left);
        common.retainAll(ancestors(right));
        Set<String> last = new TreeSet<>(common);
        last.removeIf(one -> common.stream().anyMatch(other -> isStrictlyBefore(one, other)));
        return last;
    }

    Set<String> overlapping(Collection<String> rows) {
        Set<String> known = new TreeSet<>(rows);
        known.retainAll(found.keySet());
        Set<String> overlapping = new TreeSet<>(known);
        overlapping.removeIf(one -> known.stream().noneMatch(other -> isBefore(one, other)));
        return overlapping;
    }

    boolean isOnCycle(String id) {
        return ancestors(needs(revision(id))).contains(id);
    }

    Set<String> ids() {
        return found.keySet();
    }

    /** As Alembic does it: each label is carried to all descendants, then from the last one met down to a branch or merge point. */
    Map<String, Set<String>> labels() {
        Map<String, Set<String>> labels = new LinkedHashMap<>();
        found.keySet().forEach(id -> labels.put(id, new TreeSet<>()));
        for (Revision labelled : found.values()) {
            if (labelled.labels().isEmpty()) {
                continue;
            }
            List<String> met = new ArrayList<>();
            Deque<String> todo = new ArrayDeque<>(List.of(labelled.revision()));
            while (!todo.isEmpty()) {
                String next = todo.removeLast();
                if (!met.contains(next)) {
                    met.add(next);
                    todo.addAll(children(next));
                }
            }
            met.forEach(id -> carried(labels, id).addAll(labelled.labels()));
            String at = met.getLast();
            while (isPlain(at)) {
                carried(labels, at).addAll(labelled.labels());
                if (revision(at).parents().isEmpty()) {
                    break;
                }
                at = revision(at).parents().getFirst();
            }
        }
        return labels;
    }

    private boolean isPlain(String id) {
        return found.values().stream().filter(r -> needs(r).contains(id)).count() < 2
                && revision(id).parents().size() < 2;
    }

    private static Set<String> carried(Map<String, Set<String>> labels, String id) {
        return Objects.requireNonNull(labels.get(id));
    }

    private Revision revision(String id) {
        return Objects.requireNonNull(found.get(id));
    }

    private boolean isLost(Revision revision) {
        return !revision(revision.revision()).file().equals(revision.file());
    }
}
