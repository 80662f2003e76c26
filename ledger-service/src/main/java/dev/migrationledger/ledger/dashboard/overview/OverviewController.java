package dev.migrationledger.ledger.dashboard.overview;

import dev.migrationledger.core.query.ParsedQuery;
import dev.migrationledger.ledger.branch.OpenBranches;
import dev.migrationledger.ledger.dashboard.overview.Overview.Open;
import dev.migrationledger.ledger.dashboard.overview.OverviewQuery.After;
import dev.migrationledger.ledger.dashboard.overview.OverviewQuery.Extent;
import dev.migrationledger.ledger.dashboard.overview.OverviewQuery.Groups;
import dev.migrationledger.ledger.dashboard.overview.OverviewQuery.ProjectCohorts;
import dev.migrationledger.ledger.dashboard.overview.OverviewQuery.Totals;
import dev.migrationledger.ledger.divergence.DivergenceViews;
import dev.migrationledger.ledger.gate.DeploysView;
import dev.migrationledger.ledger.identity.Caller;
import dev.migrationledger.ledger.identity.ProjectScope;
import dev.migrationledger.ledger.merge.Merges;
import dev.migrationledger.ledger.page.PageAddress;
import dev.migrationledger.ledger.policy.baseline.Baselines;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

@Controller
@Hidden
class OverviewController {

    /** On one page. */
    static final int PROJECTS = 20;

    /** Groups of environments of each project, where there are several projects. */
    private static final int CELLS = 8;

    /** Groups of the only project. */
    private static final int CELLS_OF_ONE = 48;

    /** Environments of an unfolded group. */
    private static final int MEMBERS = 100;

    private static final int MOST_PROBLEMS = 5;

    /** Of merges, overrides and branches, so many are counted. */
    private static final int COUNTED = 100;

    private final OverviewQuery query;
    private final ProjectHistories histories;
    private final DivergenceViews divergences;
    private final DeploysView deploys;
    private final Baselines baselines;
    private final Merges merges;
    private final OpenBranches branches;
    private final Clock clock;

    OverviewController(
            OverviewQuery query, ProjectHistories histories, DivergenceViews divergences, DeploysView deploys,
            Baselines baselines, Merges merges,
            OpenBranches branches, Clock clock) {
        this.query = query;
        this.histories = histories;
        this.divergences = divergences;
        this.deploys = deploys;
        this.baselines = baselines;
        this.merges = merges;
        this.branches = branches;
        this.clock = clock;
    }

    /**
     * The page.
     *
     * @param q what is searched for
     * @param after the project after which the page begins
     * @param skip so many groups of the only project
     * @param open the group that is unfolded, {@code project/key}
     * @param member after which environment of it the list begins
     */
    @GetMapping("/")
    String overview(
            @RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String after,
            @RequestParam(defaultValue = "0") int skip, @RequestParam(defaultValue = "") String open,
            @RequestParam(defaultValue = "") String member, @AuthenticationPrincipal Caller caller, Model model) {
        Instant now = clock.instant();
        ProjectScope scope = caller.scope();
        ParsedQuery search = OverviewSearch.parse(q);
        OverviewFilter filter = search.isGood() ? OverviewSearch.filter(search.query()) : OverviewFilter.NOTHING;
        model.addAttribute("mistakes", search.problems().stream()
                .map(it -> new Mistake(it.sentence(), it.pointedAt(q))).toList());
        Groups groups = query.page(scope, filter, After.read(after),
                new Extent(PROJECTS + 1, CELLS, CELLS_OF_ONE, Math.max(0, skip)));
        Totals totals = groups.totals();
        List<ProjectCohorts> found = groups.projects();
        int skipped = totals.projects() == 1 ? Math.max(0, skip) : 0;
        List<ProjectCohorts> shown = found.stream().limit(PROJECTS).toList();
        ProjectCohorts last = found.size() > PROJECTS ? shown.getLast() : null;
        model.addAttribute("q", q);
        model.addAttribute("totals", totals);
        model.addAttribute("headline", q.isBlank() ? Overview.headline(totals) : Overview.found(totals));
        model.addAttribute("tone", Overview.tone(totals));
        String here = PageAddress.of("/", "q", q, "after", after, "skip", skipped == 0 ? null : skipped);
        Map<String, Distances> distances = shown.stream()
                .collect(Collectors.toMap(ProjectCohorts::project, histories::of));
        model.addAttribute("page", Overview.of(shown, distances, opened(scope, filter, open, member, here),
                totals.projects() > 1, here, now));
        model.addAttribute("moreGroups", PageAddress.of("/", "q", q, "skip", skipped + CELLS_OF_ONE));
        model.addAttribute("first", after.isEmpty() && skipped == 0);
        model.addAttribute("next", last == null
                ? null
                : PageAddress.of("/", "q", q, "after", new After(last.worst(), last.project()).text()));
        boolean isStart = q.isBlank();
        model.addAttribute("problems",
                isStart
                        ? OverviewProblem.of(divergences.worst(scope, 2 * MOST_PROBLEMS), MOST_PROBLEMS, now)
                        : List.of());
        model.addAttribute("notices", isStart ? notices(scope, totals, now) : List.of());
        model.addAttribute("ledger", ServletUriComponentsBuilder.fromCurrentContextPath().toUriString());
        return "overview";
    }

    /**
     * A mistake in the search.
     *
     * @param place the search with a line that points at it
     */
    record Mistake(String sentence, String place) {}

    private Optional<Open> opened(ProjectScope scope, OverviewFilter filter, String open, String member, String here) {
        int slash = open.lastIndexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        String project = open.substring(0, slash);
        String key = open.substring(slash + 1);
        return Optional.of(new Open(project, key, query.members(scope, filter, project, key, member, MEMBERS + 1),
                MEMBERS, here));
    }

    private List<Notice> notices(ProjectScope scope, Totals totals, Instant now) {
        List<Notice> notices = new ArrayList<>();
        Notice.silence(totals.silent()).ifPresent(notices::add);
        Notice.overrides(deploys.unsettled(scope, now, COUNTED), now).ifPresent(notices::add);
        Notice.acceptances(baselines.ended(scope)).ifPresent(notices::add);
        Notice.merges(merges.open(scope, COUNTED)).ifPresent(notices::add);
        Notice.branches(branches.blocked(scope, COUNTED)).ifPresent(notices::add);
        return notices;
    }
}
