package dev.migrationledger.ledger.dashboard;

import dev.migrationledger.ledger.branch.OpenBranches;
import dev.migrationledger.ledger.divergence.DivergenceViews;
import dev.migrationledger.ledger.divergence.DivergenceViews.FirstOpen;
import dev.migrationledger.ledger.gate.DeploysView;
import dev.migrationledger.ledger.merge.Merges;
import dev.migrationledger.ledger.identity.Caller;
import dev.migrationledger.ledger.policy.baseline.Baselines;
import dev.migrationledger.ledger.view.EnvironmentListItem;
import dev.migrationledger.ledger.view.EnvironmentViews;
import dev.migrationledger.ledger.view.Liveness;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

@Controller
@Hidden
class DashboardController {

    private static final int MOST_OVERRIDES = 100;
    private static final int MOST_ACCEPTANCES = 20;
    private static final int MOST_MERGES = 20;
    private static final int MOST_BRANCHES = 20;

    private final EnvironmentViews views;
    private final DivergenceViews divergences;
    private final Liveness liveness;
    private final DeploysView deploys;
    private final Baselines baselines;
    private final Merges merges;
    private final OpenBranches branches;
    private final Clock clock;

    DashboardController(
            EnvironmentViews views, DivergenceViews divergences, Liveness liveness, DeploysView deploys,
            Baselines baselines, Merges merges, OpenBranches branches, Clock clock) {
        this.views = views;
        this.divergences = divergences;
        this.liveness = liveness;
        this.deploys = deploys;
        this.baselines = baselines;
        this.merges = merges;
        this.branches = branches;
        this.clock = clock;
    }

    /** @param after {@code project/environment}, after which the page begins */
    @GetMapping("/")
    String dashboard(
            @RequestParam(defaultValue = "") String after, @AuthenticationPrincipal Caller caller, Model model) {
        int slash = after.indexOf('/');
        Map<String, List<EnvironmentListItem>> lines = views.linesByProject(
                caller.scope(),
                slash < 0 ? after : after.substring(0, slash),
                slash < 0 ? "" : after.substring(slash + 1),
                Dashboard.ENVIRONMENTS + 1);
        Map<String, Map<String, FirstOpen>> open = new LinkedHashMap<>();
        Map<String, Map<String, Integer>> watching = new HashMap<>();
        Map<String, Map<String, UUID>> heads = new HashMap<>();
        lines.forEach((project, those) -> {
            heads.put(project, merges.openByHead(project));
            List<String> environments = those.stream().map(line -> line.summary().environment()).toList();
            open.put(project, divergences.firstOpen(project, environments, Dashboard.MOST_DIVERGENCES));
            watching.put(project, watching(those, liveness.heartbeats(project, environments)));
        });
        model.addAttribute(
                "page",
                Dashboard.of(views.count(caller.scope()), lines, open, divergences.openByProject(caller.scope()),
                        watching, heads, clock.instant()));
        Instant now = clock.instant();
        model.addAttribute("overrides", deploys.unsettled(caller.scope(), now, MOST_OVERRIDES).stream()
                .map(it -> OverrideItem.of(it, now)).toList());
        model.addAttribute("acceptances", baselines.ended(caller.scope()).stream()
                .flatMap(it -> EndedAcceptance.of(it).stream()).limit(MOST_ACCEPTANCES).toList());
        model.addAttribute("merges", merges.open(caller.scope(), MOST_MERGES).stream().map(MergeItem::of).toList());
        model.addAttribute("branches", BranchItem.of(branches.blocked(caller.scope(), MOST_BRANCHES), MOST_BRANCHES));
        model.addAttribute("ledger", ServletUriComponentsBuilder.fromCurrentContextPath().toUriString());
        return "dashboard";
    }

    private Map<String, Integer> watching(
            List<EnvironmentListItem> lines, Map<String, Map<String, Instant>> heartbeats) {
        Map<String, Integer> watching = new HashMap<>();
        for (EnvironmentListItem line : lines) {
            String environment = line.summary().environment();
            watching.put(environment,
                    line.watching(heartbeats.getOrDefault(environment, Map.of()), liveness::isPresent));
        }
        return watching;
    }
}
