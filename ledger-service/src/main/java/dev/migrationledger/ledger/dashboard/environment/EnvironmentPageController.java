package dev.migrationledger.ledger.dashboard.environment;

import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.environment.EnvironmentReport.Run;
import dev.migrationledger.contracts.environment.EnvironmentReport.WatchingAgent;
import dev.migrationledger.contracts.environment.EnvironmentReport;
import dev.migrationledger.contracts.gate.DeployRecord;
import dev.migrationledger.contracts.gate.GateOverride;
import dev.migrationledger.contracts.identity.AgentKey;
import dev.migrationledger.core.audit.AuditKeys;
import dev.migrationledger.core.query.Quoting;
import dev.migrationledger.core.rules.RootCause;
import dev.migrationledger.ledger.audit.search.AuditQuestion;
import dev.migrationledger.ledger.audit.search.AuditSearch;
import dev.migrationledger.ledger.audit.search.SearchScope;
import dev.migrationledger.ledger.dashboard.DivergenceItem;
import dev.migrationledger.ledger.dashboard.ListPart;
import dev.migrationledger.ledger.dashboard.OverrideItem;
import dev.migrationledger.ledger.dashboard.Stages;
import dev.migrationledger.ledger.dashboard.action.AcceptanceActionsController;
import dev.migrationledger.ledger.dashboard.action.OverrideActionsController;
import dev.migrationledger.ledger.divergence.DivergenceViews.FirstOpen;
import dev.migrationledger.ledger.divergence.DivergenceViews;
import dev.migrationledger.ledger.divergence.PastDivergences;
import dev.migrationledger.ledger.evidence.AgentSignatures;
import dev.migrationledger.ledger.gate.DeploysView;
import dev.migrationledger.ledger.identity.Caller;
import dev.migrationledger.ledger.page.PageAddress;
import dev.migrationledger.ledger.policy.baseline.Baselines;
import dev.migrationledger.ledger.recording.store.EventTimes;
import dev.migrationledger.ledger.recording.stream.StreamId;
import dev.migrationledger.ledger.view.EnvironmentListItem;
import dev.migrationledger.ledger.view.EnvironmentView;
import dev.migrationledger.ledger.view.EnvironmentViews;
import dev.migrationledger.ledger.view.Liveness;
import dev.migrationledger.ledger.view.NotFound;
import dev.migrationledger.ledger.view.PastViews;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The page of one environment, now or at a moment in the past. A bounded number of queries, whatever the environment has. */
@Controller
@Hidden
class EnvironmentPageController {

    private static final int MOST_FINDINGS = 20;
    private static final int MOST_AGENTS = 10;
    private static final int MOST_RUNS = 10;
    private static final int MOST_ANSWERS = 10;
    private static final int MOST_OVERRIDES = 5;
    private static final int MOST_ACCEPTANCES = 10;

    /** Of a page that is about the later ones. */
    private static final int MOST_LATER_ACCEPTANCES = 100;

    private static final int MOST_NAMES = 200;

    /** Counting more of its events would take longer than all else on the page. */
    private static final int MOST_COUNTED = 20_000;

    private final EnvironmentViews views;
    private final PastViews past;
    private final DivergenceViews divergences;
    private final PastDivergences pastDivergences;
    private final Liveness liveness;
    private final DeploysView deploys;
    private final Baselines baselines;
    private final AgentSignatures signatures;
    private final EventTimes times;
    private final AuditSearch audit;
    private final Clock clock;

    EnvironmentPageController(
            EnvironmentViews views, PastViews past, DivergenceViews divergences,
            PastDivergences pastDivergences, Liveness liveness, DeploysView deploys, Baselines baselines,
            AgentSignatures signatures, EventTimes times,
            AuditSearch audit, Clock clock) {
        this.views = views;
        this.past = past;
        this.divergences = divergences;
        this.pastDivergences = pastDivergences;
        this.liveness = liveness;
        this.deploys = deploys;
        this.baselines = baselines;
        this.signatures = signatures;
        this.times = times;
        this.audit = audit;
        this.clock = clock;
    }

    @GetMapping("/projects/{project}/environments/{environment}")
    String environment(
            @PathVariable String project, @PathVariable String environment,
            @RequestParam(required = false) @Nullable String at,
            @RequestParam(required = false) @Nullable String knownAt,
            @RequestParam(required = false) @Nullable String slide,
            @RequestParam(required = false) @Nullable String end,
            @RequestParam(required = false) @Nullable Long before,
            @RequestParam(name = "acceptances", defaultValue = "0") int skippedAcceptances,
            @AuthenticationPrincipal Caller caller,
            Model model) {
        ChosenMoment moment = ChosenMoment.read(at, knownAt, slide, end);
        if (!moment.canonical()) {
            return "redirect:" + PageAddress.environment(project, environment, moment.at(), moment.knownAt());
        }
        EnvironmentView view = past.find(project, environment, moment.moment())
                .orElseThrow(() -> NotFound.environment(project, environment, views));
        Instant now = clock.instant();
        Instant latest = Objects.requireNonNullElse(moment.latest(), now);
        EnvironmentReport report = moment.isNow()
                ? view.report(liveness.heartbeats(project, List.of(environment)).getOrDefault(environment, Map.of()),
                        liveness::isPresent)
                : view.report();
        FirstOpen open = open(view, moment);
        List<Run> runs = view.latestRuns();
        model.addAttribute("page", EnvironmentPage.of(view, report,
                StateSentence.of(EnvironmentListItem.of(view), open.first(), view.schemaForm() != null,
                        rows -> view.graph().distance(rows, view.graph().heads())),
                moment, now));
        model.addAttribute("findings", DivergenceItem.of(open.first(), now));
        model.addAttribute("moreFindings", open.all() - open.first().size());
        model.addAttribute("allFindings", PageAddress.of("/divergences", "q", "project:%s environment:%s%s".formatted(
                Quoting.value(project), Quoting.value(environment),
                moment.isNow() ? "" : " state:open,resolved at:" + latest)));
        model.addAttribute("bar", bar(view, Objects.requireNonNullElse(moment.at(), latest), now));
        AuditQuestion question = new AuditQuestion(
                AuditKeys.LANGUAGE.parse(EnvironmentTimeline.query(project, environment, moment)).query(),
                ZoneOffset.UTC, now,
                SearchScope.of(caller));
        model.addAttribute("timeline", EnvironmentTimeline.of(project, environment, moment,
                audit.page(question, before, EnvironmentTimeline.PAGE), before, now));
        model.addAttribute("rows", VersionRowLine.of(view, runs, EnvironmentPage.MOST_ROWS, now));
        model.addAttribute("agents", AgentLine.of(report.agents(), view.watching(), keys(report, moment), MOST_AGENTS,
                now));
        model.addAttribute("allAgents", report.agents().size());
        model.addAttribute("forgottenAgents", report.forgottenAgents());
        model.addAttribute("runs", RunLine.of(runs, report.revisions(), MOST_RUNS, now));
        model.addAttribute("moreRuns", runs.size() > MOST_RUNS);
        List<DeployRecord> answers = deploys.deploys(project, environment, latest, MOST_ANSWERS + 1);
        model.addAttribute("answers", answers.stream().limit(MOST_ANSWERS).map(it -> GateLine.of(it, now)).toList());
        model.addAttribute("moreAnswers", answers.size() > MOST_ANSWERS);
        List<GateOverride> overrides = deploys.overrides(project, environment, latest, MOST_OVERRIDES + 1);
        model.addAttribute("moreOverrides", overrides.size() > MOST_OVERRIDES);
        model.addAttribute("overrides", overrides.stream().limit(MOST_OVERRIDES)
                // What a page of the past shows is over: nothing is done from there.
                .map(it -> OverrideItem.of(it, moment.isNow()
                        ? OverrideActionsController.offered(it, caller, now)
                        : null, latest))
                .toList());
        model.addAttribute("opening", moment.isNow()
                ? OverrideActionsController.offered(project, environment,
                        overrides.isEmpty() ? null : overrides.getFirst(), caller, now)
                : null);
        String accept = moment.isNow() ? AcceptanceActionsController.offered(project, environment, caller) : "";
        model.addAttribute("accept", accept.isEmpty() ? null : accept);
        model.addAttribute("acceptances", ListPart.of(moment.isNow()
                ? AcceptanceLine.of(baselines.of(project, environment), now)
                : List.of(), skippedAcceptances,
                skippedAcceptances > 0 ? MOST_LATER_ACCEPTANCES : MOST_ACCEPTANCES,
                behind -> PageAddress.of(PageAddress.environment(project, environment), "acceptances",
                        behind == 0 ? null : behind) + "#exceptions"));
        List<String> names = views.environments(project, MOST_NAMES);
        model.addAttribute("others", names.stream().filter(name -> !name.equals(environment)).toList());
        model.addAttribute("other", Stages.other(environment, names).orElse(""));
        return "environment";
    }

    /** What matters most of what was known at that moment. */
    private FirstOpen open(EnvironmentView view, ChosenMoment moment) {
        String environment = view.environment();
        if (moment.isNow()) {
            return divergences.firstOpen(view.project(), List.of(environment), MOST_FINDINGS)
                    .getOrDefault(environment, new FirstOpen(List.of(), 0));
        }
        List<Divergence> all = pastDivergences.open(view, moment.moment());
        return new FirstOpen(all.stream()
                .sorted(Comparator.comparing(Divergence::severity)
                        .thenComparingInt(it -> RootCause.READING_ORDER.indexOf(it.code()))
                        .thenComparing(Divergence::subject))
                .limit(MOST_FINDINGS).toList(), all.size());
    }

    /** Absent before the first event. */
    private @Nullable LifeBar bar(EnvironmentView view, Instant shown, Instant now) {
        StreamId environment = StreamId.of(view.project(), view.environment());
        return times.first(environment).map(first -> {
            Instant from = first.isAfter(now) ? now : first;
            List<EventTimes.Count> counts = times.counts(
                    List.of(environment, new StreamId.Deploys(view.project(), view.environment())), from, now,
                    LifeBar.PARTS, MOST_COUNTED);
            boolean cut = counts.stream().mapToLong(EventTimes.Count::events).sum() >= MOST_COUNTED;
            return LifeBar.of(from, now, shown, counts, cut ? MOST_COUNTED : 0);
        }).orElse(null);
    }

    private Map<String, AgentKey> keys(EnvironmentReport report, ChosenMoment moment) {
        Map<String, UUID> epochs = moment.isNow()
                ? report.agents().stream().collect(Collectors.toMap(WatchingAgent::agent, WatchingAgent::epoch))
                : Map.of();
        return signatures.keys(report.project(), report.environment(), epochs);
    }
}
