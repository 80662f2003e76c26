package dev.migrationledger.ledger.dashboard.lists;

import dev.migrationledger.ledger.dashboard.DivergenceItem;
import dev.migrationledger.ledger.dashboard.EndedAcceptance;
import dev.migrationledger.ledger.dashboard.action.AcceptanceActionsController;
import dev.migrationledger.ledger.divergence.DivergenceViews.Diverged;
import dev.migrationledger.ledger.divergence.DivergenceViews.FirstOpen;
import dev.migrationledger.ledger.divergence.DivergenceViews;
import dev.migrationledger.ledger.identity.Caller;
import dev.migrationledger.ledger.page.PageAddress;
import dev.migrationledger.ledger.policy.baseline.Baselines;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Errors and warnings with their plans, environment by environment. */
@Controller
@Hidden
class DivergencesPageController {

    private static final int ENVIRONMENTS = 25;

    /** Of each environment, those that matter most. */
    private static final int EACH = 5;

    private static final int MOST_ACCEPTANCES = 20;

    private final DivergenceViews divergences;
    private final Baselines baselines;
    private final Clock clock;

    DivergencesPageController(DivergenceViews divergences, Baselines baselines, Clock clock) {
        this.divergences = divergences;
        this.baselines = baselines;
        this.clock = clock;
    }

    /**
     * An environment.
     *
     * @param more how many more are open in it
     * @param accept where its findings are accepted; absent: the reader may not
     */
    record Environment(
            String project, String name, List<DivergenceItem> findings, int more, @Nullable String accept) {
        Environment {
            findings = List.copyOf(findings);
        }
    }

    /**
     * The page.
     *
     * @param project absent: every project
     * @param environment absent: every environment
     * @param after {@code error/project/environment} or {@code warning/…}, after which the page begins
     */
    @GetMapping("/divergences")
    String divergences(
            @RequestParam(required = false) @Nullable String project,
            @RequestParam(required = false) @Nullable String environment,
            @RequestParam(defaultValue = "") String after, @AuthenticationPrincipal Caller caller, Model model) {
        Instant now = clock.instant();
        List<Diverged> found = divergences.diverged(caller.scope(), project, environment, after(after),
                ENVIRONMENTS + 1);
        List<Diverged> shown = found.stream().limit(ENVIRONMENTS).toList();
        Map<String, Map<String, FirstOpen>> open = new HashMap<>();
        shown.stream().collect(Collectors.groupingBy(Diverged::project, LinkedHashMap::new,
                Collectors.mapping(Diverged::environment, Collectors.toList())))
                .forEach((of, names) -> open.put(of, divergences.firstOpen(of, names, EACH)));
        model.addAttribute("environments", shown.stream().map(it -> environment(it, open.getOrDefault(it.project(),
                Map.of()).getOrDefault(it.environment(), new FirstOpen(List.of(), 0)), caller, now)).toList());
        model.addAttribute("project", project);
        model.addAttribute("environment", environment);
        model.addAttribute("next", found.size() > ENVIRONMENTS
                ? PageAddress.of("/divergences", "project", project, "environment", environment, "after",
                        text(shown.getLast()))
                : null);
        model.addAttribute("acceptances", baselines.ended(caller.scope()).stream()
                .filter(it -> project == null || project.equals(it.project()))
                .flatMap(it -> EndedAcceptance.of(it).stream()).limit(MOST_ACCEPTANCES).toList());
        return "divergences";
    }

    private static Environment environment(Diverged it, FirstOpen open, Caller caller, Instant now) {
        String accept = AcceptanceActionsController.offered(it.project(), it.environment(), caller);
        return new Environment(it.project(), it.environment(), DivergenceItem.of(open.first(), now),
                open.all() - open.first().size(), accept.isEmpty() ? null : accept);
    }

    private static String text(Diverged last) {
        return "%s/%s/%s".formatted(last.errors() ? "error" : "warning", last.project(), last.environment());
    }

    private static @Nullable Diverged after(String text) {
        String[] parts = text.split("/", 3);
        return parts.length < 3 ? null : new Diverged(parts[1], parts[2], parts[0].equals("error"));
    }
}
