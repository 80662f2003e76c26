package dev.migrationledger.ledger.dashboard.graph;

import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.environment.EnvironmentReport.Run;
import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.history.RevisionHistory;
import dev.migrationledger.ledger.author.KnownAuthors.FileOrigin;
import dev.migrationledger.ledger.author.KnownAuthors;
import dev.migrationledger.ledger.dashboard.graph.RevisionPage.Known;
import dev.migrationledger.ledger.dashboard.graph.RevisionPage.SourceFootprint;
import dev.migrationledger.ledger.divergence.DeployedScripts;
import dev.migrationledger.ledger.divergence.DivergenceViews;
import dev.migrationledger.ledger.history.StoredHistories;
import dev.migrationledger.ledger.problem.Refusal;
import dev.migrationledger.ledger.view.EnvironmentView;
import dev.migrationledger.ledger.view.EnvironmentViews;
import dev.migrationledger.ledger.view.NotFound;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
@Hidden
class RevisionPageController {

    /** Groups of environments that are listed. */
    private static final int MOST_GROUPS = 24;

    private final EnvironmentGroups groups;
    private final EnvironmentViews views;
    private final StoredHistories histories;
    private final DeployedScripts scripts;
    private final KnownAuthors authors;
    private final DivergenceViews divergences;
    private final Clock clock;

    RevisionPageController(
            EnvironmentGroups groups, EnvironmentViews views, StoredHistories histories, DeployedScripts scripts,
            KnownAuthors authors, DivergenceViews divergences, Clock clock) {
        this.groups = groups;
        this.views = views;
        this.histories = histories;
        this.scripts = scripts;
        this.authors = authors;
        this.divergences = divergences;
        this.clock = clock;
    }

    /** For ids that a path cannot carry. */
    @GetMapping("/projects/{project}/revisions")
    String revisionById(
            @PathVariable String project, @RequestParam String id,
            @RequestParam(defaultValue = "") String environment, Model model) {
        return revision(project, id, environment, model);
    }

    /** @param environment that is listed in any case, first */
    @GetMapping("/projects/{project}/revisions/{revision}")
    String revision(
            @PathVariable String project, @PathVariable String revision,
            @RequestParam(defaultValue = "") String environment, Model model) {
        EnvironmentGroups.Found found = groups.of(project, environment, MOST_GROUPS);
        List<String> names = found.some().stream().map(EnvironmentGroup::name).toList();
        Map<String, EnvironmentView> read = names.isEmpty() ? Map.of() : views.findAll(project, names);
        ProjectGraph graph = ProjectGraph.of(read.values());
        Optional<RevisionHistory> history = histories.briefly(project, revision);
        if (history.isEmpty() && !graph.graph().contains(revision)) {
            throw unknown(project, revision);
        }
        List<GraphColumn> columns = new ArrayList<>();
        Map<String, List<Run>> runs = new HashMap<>();
        found.some().forEach(group -> {
            EnvironmentView view = read.get(group.name());
            if (view != null) {
                GraphColumn column = GraphColumn.of(group, group.name().equals(environment), view);
                columns.add(column);
                RevisionStatus status = column.statuses().get(revision);
                runs.put(group.name(), status == null ? List.of() : view.runs(List.of(status)));
            }
        });
        Map<String, FileOrigin> files = authors.of(project, history.stream()
                .flatMap(it -> it.variants().stream()).map(variant -> variant.declared().digest()).toList());
        List<Divergence> open = names.isEmpty() ? List.of() : divergences.openIn(project, names, null);
        model.addAttribute("page", RevisionPage.of(project, new Known(revision, graph, history, columns, runs,
                found.environments(), footprint(project, revision, columns), files, open), clock.instant()));
        return "revision";
    }

    /** As the first environment has it whose scripts have the revision. */
    private Optional<SourceFootprint> footprint(String project, String revision, List<GraphColumn> columns) {
        return columns.stream().filter(column -> column.graph().contains(revision)).findFirst()
                .flatMap(column -> scripts.scripts(project, column.group().name()))
                .map(DeployedScripts.Scripts::scripts)
                .flatMap(seen -> Optional.ofNullable(seen.footprints().get(revision))
                        .map(footprint -> new SourceFootprint(seen.source(), footprint)));
    }

    private Refusal unknown(String project, String revision) {
        return views.environments(project).isEmpty()
                ? NotFound.project(project, views)
                : Refusal.notFound("Project '%s' never had a revision '%s'. Look for it on the project's page."
                        .formatted(project, NotFound.shortened(revision)));
    }
}
