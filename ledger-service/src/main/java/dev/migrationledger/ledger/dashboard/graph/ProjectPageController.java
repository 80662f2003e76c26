package dev.migrationledger.ledger.dashboard.graph;

import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.merge.MergeProposal;
import dev.migrationledger.core.query.Quoting;
import dev.migrationledger.ledger.branch.OpenBranches;
import dev.migrationledger.ledger.dashboard.BranchItem;
import dev.migrationledger.ledger.dashboard.MergeItem;
import dev.migrationledger.ledger.divergence.DivergenceViews;
import dev.migrationledger.ledger.history.StoredHistories;
import dev.migrationledger.ledger.merge.Merges;
import dev.migrationledger.ledger.page.PageAddress;
import dev.migrationledger.ledger.view.EnvironmentView;
import dev.migrationledger.ledger.view.EnvironmentViews;
import dev.migrationledger.ledger.view.NotFound;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
@Hidden
class ProjectPageController {

    /** Groups that are read: what is alike is one of them. */
    private static final int MOST_GROUPS = 60;

    private static final int MOST_NAMES = 200;
    private static final int MOST_MERGES = 10;
    private static final int MOST_BRANCHES = 10;

    private final EnvironmentGroups groups;
    private final EnvironmentViews views;
    private final DivergenceViews divergences;
    private final StoredHistories histories;
    private final Merges merges;
    private final OpenBranches branches;
    private final Clock clock;

    ProjectPageController(
            EnvironmentGroups groups, EnvironmentViews views, DivergenceViews divergences, StoredHistories histories,
            Merges merges, OpenBranches branches, Clock clock) {
        this.groups = groups;
        this.views = views;
        this.divergences = divergences;
        this.histories = histories;
        this.merges = merges;
        this.branches = branches;
        this.clock = clock;
    }

    @GetMapping("/projects/{project}")
    String project(
            @PathVariable String project, @RequestParam(defaultValue = "") String environment,
            @RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String from,
            @RequestParam MultiValueMap<String, String> all, Model model) {
        // Taken from all parameters: as a list of its own Spring would part an id at its commas.
        GraphQuestion question = new GraphQuestion(project, environment, q, all.getOrDefault("open", List.of()), from);
        EnvironmentGroups.Found found = groups.of(project, environment, MOST_GROUPS);
        if (found.some().isEmpty() && views.environments(project).isEmpty()) {
            throw NotFound.project(project, views);
        }
        List<EnvironmentGroup> shown = found.some().stream().limit(ProjectPage.LINES).toList();
        List<String> names = shown.stream().map(EnvironmentGroup::name).toList();
        Map<String, EnvironmentView> read = names.isEmpty() ? Map.of() : views.findAll(project, names);
        List<GraphColumn> columns = new ArrayList<>();
        shown.stream().limit(ProjectPage.COLUMNS).forEach(group -> {
            EnvironmentView view = read.get(group.name());
            if (view != null) {
                columns.add(GraphColumn.of(group, group.name().equals(environment), view));
            }
        });
        List<Divergence> findings = names.isEmpty() ? List.of() : divergences.openIn(project, names, null);
        GraphRows rows = GraphRows.of(question, ProjectGraph.of(read.values()), found.some(), columns,
                PhysicalPlaces.of(findings), RevisionEdits.of(histories.contested(project)));
        model.addAttribute("page", ProjectPage.of(question, found, columns, findings, rows,
                views.environments(project).stream().limit(MOST_NAMES).toList(), clock.instant()));
        model.addAttribute("mistakes", RevisionSearch.of(question.query()).mistakes());
        List<MergeProposal> open = merges.open(project, MOST_MERGES + 1);
        model.addAttribute("merges", open.stream().limit(MOST_MERGES).map(MergeItem::of).toList());
        model.addAttribute("moreMerges", open.size() > MOST_MERGES);
        List<BranchItem> blocked = BranchItem.of(branches.blocked(project), MOST_BRANCHES + 1);
        model.addAttribute("branches", blocked.stream().limit(MOST_BRANCHES).toList());
        model.addAttribute("moreBranches", blocked.size() > MOST_BRANCHES);
        model.addAttribute("allMerges", PageAddress.of("/merges", "q", "project:" + Quoting.value(project)));
        return "project";
    }
}
