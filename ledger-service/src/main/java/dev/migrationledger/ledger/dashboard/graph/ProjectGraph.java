package dev.migrationledger.ledger.dashboard.graph;

import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.ledger.view.EnvironmentView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The histories of a project's environments as one: each revision that any of them has, once.
 *
 * @param lost what is named as a parent or in a version table, and in none of these scripts
 */
record ProjectGraph(RevisionGraph graph, Set<String> lost) {
    ProjectGraph {
        lost = Set.copyOf(lost);
    }

    /** Where two disagree about a revision, the longer history counts. */
    static ProjectGraph of(Collection<EnvironmentView> views) {
        Map<String, Revision> revisions = new LinkedHashMap<>();
        Set<RevisionGraph> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<String> named = new HashSet<>();
        views.stream().sorted(Comparator.<EnvironmentView>comparingInt(view -> -view.graph().revisions().size())
                .thenComparing(EnvironmentView::environment)).forEach(view -> {
                    if (seen.add(view.graph())) {
                        view.graph().revisions().forEach(one -> revisions.putIfAbsent(one.revision(), one));
                    }
                    named.addAll(view.rows());
                });
        revisions.values().forEach(one -> named.addAll(one.parents()));
        named.removeAll(revisions.keySet());
        List<Revision> all = new ArrayList<>(revisions.values());
        // Last, because the first has the lane of the oldest branch.
        named.stream().sorted().forEach(id -> all.add(
                new Revision(id, List.of(), List.of(), List.of(), null, "", "")));
        return new ProjectGraph(RevisionGraph.of(all), named);
    }
}
