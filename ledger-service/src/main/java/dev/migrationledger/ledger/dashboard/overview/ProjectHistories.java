package dev.migrationledger.ledger.dashboard.overview;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.ledger.dashboard.overview.OverviewQuery.ProjectCohorts;
import dev.migrationledger.ledger.view.EnvironmentView;
import dev.migrationledger.ledger.view.EnvironmentViews;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Reads the histories that the overview measures distances in: of each project on the page, one environment for each set of heads. */
@Component
class ProjectHistories {

    /** Of different sets of heads in one project; more of them are seldom, and each is read. */
    private static final int MOST = 6;

    /** Of all joint histories in memory. */
    private static final int REMEMBERED_REVISIONS = 100_000;

    private final EnvironmentViews views;

    /** By the graphs that were joined. Views share the graph of equal scripts, so a graph is the same object as long as scripts are. */
    private final Cache<List<RevisionGraph>, RevisionGraph> joint = Caffeine.newBuilder()
            .maximumWeight(REMEMBERED_REVISIONS)
            .<List<RevisionGraph>, RevisionGraph>weigher((_, graph) -> graph.revisions().size() + 1)
            .executor(Runnable::run)
            .build();

    ProjectHistories(EnvironmentViews views) {
        this.views = views;
    }

    Distances of(ProjectCohorts project) {
        Map<List<String>, String> byHeads = new LinkedHashMap<>();
        Set<List<String>> rows = new HashSet<>();
        for (Cohort it : project.shown()) {
            if (it.stamped() != null) {
                rows.add(it.stamped());
            }
            if (!it.heads().isEmpty() && byHeads.size() < MOST) {
                byHeads.putIfAbsent(it.heads(), it.names().getFirst());
            }
        }
        // One set of heads is the project's. Then only environments that are shown one by one are compared.
        if (byHeads.isEmpty()
                || (byHeads.size() == 1 && (rows.size() < 2 || project.environments() > OverviewQuery.EACH))) {
            return Distances.WITHOUT_HISTORY;
        }
        List<RevisionGraph> graphs = views.findAll(project.project(), byHeads.values()).values().stream()
                .sorted(Comparator.comparingInt((EnvironmentView view) -> -view.graph().revisions().size())
                        .thenComparing(EnvironmentView::environment))
                .map(EnvironmentView::graph).distinct().toList();
        if (graphs.size() < 2) {
            return graphs.isEmpty() ? Distances.WITHOUT_HISTORY : new Distances(graphs.getFirst());
        }
        return new Distances(joint.get(graphs, ProjectHistories::join));
    }

    /** Where two disagree about a revision, the longer history counts. */
    private static RevisionGraph join(List<RevisionGraph> longestFirst) {
        Map<String, Revision> revisions = new LinkedHashMap<>();
        longestFirst.forEach(graph -> graph.revisions().forEach(one -> revisions.putIfAbsent(one.revision(), one)));
        return RevisionGraph.of(new ArrayList<>(revisions.values()));
    }
}
