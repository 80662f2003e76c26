package dev.migrationledger.agent.doctor.picture;

import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.core.graph.RevisionGraph;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The part of a history that matters: all of a short one; of a long one the revisions that somebody asked for, their
 * neighbours, the heads, and where the ways between them part and meet.
 */
final class Excerpt {

    /** A history as short as this is shown whole. */
    private static final int SHORT = 12;

    /** A gap as small as this takes no less room than what is in it. */
    private static final int SMALL = 1;

    /** More lines than these from one revision are not followed by anybody's eye. */
    private static final int MOST_WAYS = 3;

    private static final int MOST_HEADS = 5;

    /** So many revisions are shown below each head where none is asked for. */
    private static final int LATEST = 2;

    private static final int MOST_WANTED = 12;

    private final RevisionGraph graph;
    private final Map<String, List<String>> needs = new LinkedHashMap<>();

    private Excerpt(RevisionGraph graph) {
        this.graph = graph;
        Map<String, String> labelled = new HashMap<>();
        graph.revisions().forEach(revision -> revision.labels().forEach(
                label -> labelled.put(label, revision.revision())));
        for (Revision revision : graph.revisions()) {
            Set<String> all = new LinkedHashSet<>(revision.parents());
            revision.dependsOn().forEach(needed -> all.add(labelled.getOrDefault(needed, needed)));
            all.removeIf(needed -> !graph.contains(needed));
            needs.put(revision.revision(), List.copyOf(all));
        }
    }

    /**
     * Some revisions, and what lies between them.
     *
     * @param below of each that is shown, the newest first: the gaps that lead down from it
     */
    record Chosen(Map<String, List<Gap>> below) {}

    /**
     * What leads down from a revision.
     *
     * @param to the next revision that is shown; empty: none is
     * @param hidden how many are between them and not shown
     */
    record Gap(String to, int hidden) {}

    /** @param wanted revisions that have to be seen, the most important first */
    static Chosen of(RevisionGraph graph, Collection<String> wanted) {
        return new Excerpt(graph).choose(wanted);
    }

    private Chosen choose(Collection<String> wanted) {
        List<String> newest = graph.topological(needs.keySet()).reversed();
        if (newest.size() <= SHORT) {
            return shown(newest, Set.copyOf(newest));
        }
        Set<String> kept = kept(wanted);
        Chosen chosen = shown(newest, kept);
        Set<String> filled = new HashSet<>(kept);
        chosen.below.forEach((from, gaps) -> gaps.stream()
                .filter(gap -> gap.hidden > 0 && gap.hidden <= SMALL)
                .forEach(gap -> filled.addAll(between(from, gap.to, kept))));
        return filled.equals(kept) ? chosen : shown(newest, filled);
    }

    private Set<String> kept(Collection<String> wanted) {
        List<String> marked = wanted.stream().filter(graph::contains).distinct().limit(MOST_WANTED).toList();
        Set<String> kept = new LinkedHashSet<>(marked);
        graph.realHeads().stream().distinct().limit(MOST_HEADS).forEach(kept::add);
        if (marked.isEmpty()) {
            List.copyOf(kept).forEach(head -> addLatest(head, kept));
        }
        List<String> ends = List.copyOf(kept);
        for (int i = 0; i < ends.size(); i++) {
            for (int j = i + 1; j < ends.size(); j++) {
                addMeeting(List.of(ends.get(i)), List.of(ends.get(j)), kept);
            }
        }
        if (wanted.contains(Picture.BEFORE_ALL)) {
            graph.bases().stream().limit(2).forEach(kept::add);
        }
        marked.forEach(id -> {
            needs.getOrDefault(id, List.of()).stream().limit(1).forEach(kept::add);
            graph.children(id).stream().limit(2).forEach(kept::add);
        });
        return kept;
    }

    /** Nothing is asked for, so what came last is the most likely to be looked for. */
    private void addLatest(String head, Set<String> kept) {
        String id = head;
        for (int i = 0; i < LATEST; i++) {
            List<String> below = needs.getOrDefault(id, List.of());
            if (below.size() != 1) {
                return;
            }
            id = below.getFirst();
            kept.add(id);
        }
    }

    /** Where two ways part, and where they come together again. */
    private void addMeeting(List<String> one, List<String> other, Set<String> kept) {
        if (graph.ancestors(one).containsAll(other) || graph.ancestors(other).containsAll(one)) {
            return;
        }
        kept.addAll(graph.mergeBase(one, other));
        Set<String> both = new HashSet<>(graph.descendants(one));
        both.retainAll(graph.descendants(other));
        both.stream().filter(id -> needs.getOrDefault(id, List.of()).stream().noneMatch(both::contains)).limit(2)
                .forEach(kept::add);
    }

    private Chosen shown(List<String> newest, Set<String> kept) {
        Map<String, List<Gap>> below = new LinkedHashMap<>();
        newest.stream().filter(kept::contains).forEach(id -> below.put(id, gaps(id, kept)));
        return new Chosen(below);
    }

    private List<Gap> gaps(String from, Set<String> kept) {
        List<String> next = new ArrayList<>();
        Set<String> hidden = hidden(from, kept, next);
        boolean parts = needs.getOrDefault(from, List.of()).size() > 1 && next.size() <= MOST_WAYS;
        List<String> ways = parts ? next : direct(next);
        if (ways.isEmpty() && !hidden.isEmpty()) {
            return List.of(new Gap("", hidden.size()));
        }
        return ways.stream().map(id -> new Gap(id, between(hidden, id).size())).toList();
    }

    /** Where ways part out of sight, those over another revision that is shown are taken as seen there. */
    private List<String> direct(List<String> next) {
        return next.stream()
                .filter(id -> next.stream().noneMatch(
                        other -> !other.equals(id) && graph.ancestors(List.of(other)).contains(id)))
                .toList();
    }

    private Set<String> between(String from, String to, Set<String> kept) {
        Set<String> hidden = hidden(from, kept, new ArrayList<>());
        return to.isEmpty() ? hidden : between(hidden, to);
    }

    /** Those of the hidden that lead to a revision without passing another one that is shown. */
    private Set<String> between(Set<String> hidden, String to) {
        Set<String> between = new HashSet<>();
        for (String id : graph.topological(hidden)) {
            List<String> below = needs.getOrDefault(id, List.of());
            if (below.contains(to) || below.stream().anyMatch(between::contains)) {
                between.add(id);
            }
        }
        return between;
    }

    /** Walks down from a revision to the next ones that are shown, and returns those on the way. */
    private Set<String> hidden(String from, Set<String> kept, Collection<String> next) {
        Set<String> seen = new LinkedHashSet<>();
        Set<String> hidden = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(needs.getOrDefault(from, List.of()));
        while (!open.isEmpty()) {
            String id = open.removeFirst();
            if (seen.add(id)) {
                if (kept.contains(id)) {
                    next.add(id);
                } else {
                    hidden.add(id);
                    open.addAll(needs.getOrDefault(id, List.of()));
                }
            }
        }
        return hidden;
    }
}
