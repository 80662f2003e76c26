package dev.migrationledger.ledger.branch;

import dev.migrationledger.contracts.branch.OpenBranch;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.core.branch.BranchRadar.Deployed;
import dev.migrationledger.core.branch.BranchRadar;
import dev.migrationledger.core.branch.BranchRevisions;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.ledger.divergence.DeployedScripts;
import dev.migrationledger.ledger.identity.ProjectScope;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Open branches of projects with what is in their way. */
public final class OpenBranches {

    private final BranchesView view;
    private final DeployedScripts scripts;
    private final Clock clock;

    OpenBranches(BranchesView view, DeployedScripts scripts, Clock clock) {
        this.view = view;
        this.scripts = scripts;
        this.clock = clock;
    }

    /** Those that have revisions of their own, by source. */
    List<OpenBranch> of(String project) {
        List<Branch> branches = view.open(project, clock.instant());
        if (branches.isEmpty()) {
            // What all environments have is read for nothing otherwise.
            return List.of();
        }
        BranchRadar radar = radar(project, branches);
        return branches.stream().map(one -> open(one, radar)).filter(one -> !one.revisions().isEmpty()).toList();
    }

    /**
     * By project, those with something in their way.
     *
     * @param most projects that are looked at
     */
    public Map<String, List<OpenBranch>> blocked(ProjectScope scope, int most) {
        return blocked(view.projects(scope, clock.instant(), most));
    }

    /** Likewise, of these projects. */
    public Map<String, List<OpenBranch>> blocked(Collection<String> projects) {
        Map<String, List<OpenBranch>> blocked = new TreeMap<>();
        projects.forEach(project -> blocked.putAll(blocked(project)));
        return blocked;
    }

    /** Projects that have any, by name. */
    public List<String> projects(ProjectScope scope) {
        return view.projects(scope, clock.instant(), Integer.MAX_VALUE);
    }

    /** Those of one project; no entry where nothing is in the way of any. */
    public Map<String, List<OpenBranch>> blocked(String project) {
        List<OpenBranch> some = of(project).stream()
                .filter(one -> !one.siblings().isEmpty() || !one.clashes().isEmpty()).toList();
        return some.isEmpty() ? Map.of() : Map.of(project, some);
    }

    /** One as it was just published, whether that was recorded or not. */
    OpenBranch published(String project, String source, String by, BranchRevisions revisions) {
        List<Branch> branches = new ArrayList<>(view.open(project, clock.instant()).stream()
                .filter(one -> !one.source().equals(source)).toList());
        Branch branch = new Branch(source, by, clock.instant(), revisions);
        branches.add(branch);
        return open(branch, radar(project, branches));
    }

    private static OpenBranch open(Branch branch, BranchRadar radar) {
        return new OpenBranch(branch.source(), branch.by(), branch.at(), radar.own(branch.source()),
                radar.siblings(branch.source()), radar.clashes(branch.source()));
    }

    private BranchRadar radar(String project, List<Branch> branches) {
        Map<String, BranchRevisions> revisions = new TreeMap<>();
        branches.forEach(one -> revisions.put(one.source(), one.scripts()));
        return new BranchRadar(deployed(project), revisions);
    }

    private List<Deployed> deployed(String project) {
        // Environments with the same scripts share a graph.
        Map<RevisionGraph, List<String>> graphs = new LinkedHashMap<>();
        scripts.environments(project).byName().forEach((name, one) -> graphs
                .computeIfAbsent(one.graph(), _ -> new ArrayList<>()).add(name));
        return graphs.entrySet().stream().map(one -> new Deployed(one.getKey(), one.getValue())).toList();
    }

    /** What scripts have that no environment's have. */
    BranchRevisions revisions(String project, List<Revision> all) {
        return BranchRevisions.of(all, deployed(project).stream().map(Deployed::graph).toList());
    }
}
