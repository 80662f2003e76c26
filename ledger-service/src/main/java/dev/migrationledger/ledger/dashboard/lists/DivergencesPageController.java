package dev.migrationledger.ledger.dashboard.lists;

import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.core.query.ParsedQuery;
import dev.migrationledger.core.query.Quoting;
import dev.migrationledger.ledger.dashboard.DivergenceItem;
import dev.migrationledger.ledger.dashboard.EndedAcceptance;
import dev.migrationledger.ledger.dashboard.action.AcceptanceActionsController;
import dev.migrationledger.ledger.dashboard.lists.DivergencesQuery.First;
import dev.migrationledger.ledger.dashboard.lists.DivergencesQuery.Place;
import dev.migrationledger.ledger.dashboard.lists.filter.FilterBox;
import dev.migrationledger.ledger.dashboard.lists.filter.ListCursor;
import dev.migrationledger.ledger.dashboard.lists.filter.ListFilter;
import dev.migrationledger.ledger.dashboard.lists.filter.NamedPlace;
import dev.migrationledger.ledger.dashboard.lists.filter.UnknownPlaces;
import dev.migrationledger.ledger.identity.Caller;
import dev.migrationledger.ledger.page.PageAddress;
import dev.migrationledger.ledger.page.PageTime;
import dev.migrationledger.ledger.policy.baseline.Baselines;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What is open with its plans, environment by environment; with the key {@code state}, also what was resolved, the newest first. */
@Controller
@Hidden
class DivergencesPageController {

    private static final int ENVIRONMENTS = 25;

    /** Of each environment, those that matter most. */
    private static final int EACH = 5;

    /** Of the only environment. */
    private static final int EACH_OF_ONE = 100;

    private static final int BY_TIME = 50;

    private static final int MOST_ACCEPTANCES = 20;

    private final DivergencesQuery query;
    private final Baselines baselines;
    private final UnknownPlaces unknown;
    private final Clock clock;

    DivergencesPageController(DivergencesQuery query, Baselines baselines, UnknownPlaces unknown, Clock clock) {
        this.query = query;
        this.baselines = baselines;
        this.unknown = unknown;
        this.clock = clock;
    }

    /**
     * An environment.
     *
     * @param more how many more are found in it
     * @param all the address of all of them
     * @param accept where its findings are accepted; absent: the reader may not
     */
    record Environment(
            String project, String name, List<DivergenceItem> findings, int more, String all,
            @Nullable String accept) {
        Environment {
            findings = List.copyOf(findings);
        }
    }

    /**
     * A finding in the list by time.
     *
     * @param address of the environment's page, which has it while it is open
     * @param resolved absent: it is open
     * @param evidence what the audit has about it: when it was found, and the page as it was then
     */
    record Found(
            DivergenceItem item, String project, String environment, String address, @Nullable PageTime resolved,
            String evidence) {}

    /**
     * The page.
     *
     * @param q what is looked for
     * @param project the only project; kept for addresses without {@code q}
     * @param environment the only environment, likewise
     * @param after the last environment of the page before
     * @param before the last finding of the page before, in the list by time
     * @param endedOffset how many of the acceptances that ended the pages before showed
     */
    @GetMapping("/divergences")
    String divergences(
            @RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String project,
            @RequestParam(defaultValue = "") String environment, @RequestParam(defaultValue = "") String after,
            @RequestParam(defaultValue = "") String before,
            @RequestParam(name = "ended", defaultValue = "0") int endedOffset, @AuthenticationPrincipal Caller caller,
            Model model) {
        Instant now = clock.instant();
        String text = Stream.of(q, key("project", project), key("environment", environment))
                .filter(it -> !it.isBlank()).collect(Collectors.joining(" "));
        ParsedQuery asked = DivergencesQuery.KEYS.parse(text);
        ListFilter filter = DivergencesQuery.KEYS.filter(asked, now);
        model.addAttribute("box", FilterBox.of("/divergences", "Divergences", asked, DivergencesQuery.KEYS.keys(),
                "environment:production severity:error", "state:resolved since:7d", "code:schema-hole",
                "state:open label:tier=prod").with(unknown.in(asked, caller)));
        boolean byTime = filter.uses(DivergencesQuery.STATE);
        model.addAttribute("byTime", byTime);
        if (byTime) {
            byTime(text, filter, before, caller, now, model);
        } else {
            byEnvironment(text, filter, after, caller, now, model);
        }
        int skipped = Offset.of(endedOffset);
        List<EndedAcceptance> ended = asked.isGood() && !byTime && after.isEmpty()
                ? baselines.ended(caller.scope()).stream()
                        .filter(it -> NamedPlace.inProject(asked.query(), it.project()))
                        .flatMap(it -> EndedAcceptance.of(it).stream())
                        .filter(it -> NamedPlace.isIn(asked.query(), it.environment())).skip(skipped).toList()
                : List.of();
        model.addAttribute("acceptances", ended.stream().limit(MOST_ACCEPTANCES).toList());
        model.addAttribute("moreAcceptances", ended.size() > MOST_ACCEPTANCES
                ? PageAddress.of("/divergences", "q", text, "ended", String.valueOf(skipped + MOST_ACCEPTANCES))
                : null);
        return "divergences";
    }

    private void byEnvironment(
            String text, ListFilter filter, String after, Caller caller, Instant now, Model model) {
        ListCursor cursor = ListCursor.read("after", after, 3);
        List<Place> found = query.places(caller.scope(), filter, cursor, ENVIRONMENTS + 1);
        List<Place> shown = found.stream().limit(ENVIRONMENTS).toList();
        Map<Place, First> open = query.first(shown, filter, found.size() == 1 ? EACH_OF_ONE : EACH);
        model.addAttribute("environments", shown.stream()
                .map(it -> environment(it, open.getOrDefault(it, new First(List.of(), 0)), text, found.size() == 1,
                        caller, now))
                .toList());
        model.addAttribute("first", cursor == null ? null : PageAddress.of("/divergences", "q", text));
        model.addAttribute("next", found.size() > ENVIRONMENTS
                ? PageAddress.of("/divergences", "q", text, "after", shown.getLast().cursor())
                : null);
    }

    private void byTime(String text, ListFilter filter, String before, Caller caller, Instant now, Model model) {
        ListCursor cursor = ListCursor.read("before", before, 2);
        List<Divergence> found = query.newest(caller.scope(), filter, cursor, BY_TIME + 1);
        List<Divergence> shown = found.stream().limit(BY_TIME).toList();
        model.addAttribute("found", shown.stream().map(it -> found(it, now)).toList());
        model.addAttribute("summary", shown.isEmpty()
                ? ""
                : "%s%s, the newest first.".formatted(Count.of(shown.size(), "finding"),
                        found.size() > BY_TIME ? "; more are on the next page" : ""));
        model.addAttribute("first", cursor == null ? null : PageAddress.of("/divergences", "q", text));
        model.addAttribute("next", found.size() > BY_TIME
                ? PageAddress.of("/divergences", "q", text, "before", DivergencesQuery.cursor(shown.getLast()))
                : null);
    }

    /** @param only whether it is the only environment: what it has more is then listed by time */
    private static Environment environment(
            Place it, First open, String text, boolean only, Caller caller, Instant now) {
        String accept = AcceptanceActionsController.offered(it.project(), it.environment(), caller);
        String here = "%s %s %s".formatted(text, key("project", it.project()), key("environment", it.environment()));
        return new Environment(it.project(), it.environment(), DivergenceItem.of(open.first(), now),
                open.all() - open.first().size(),
                PageAddress.of("/divergences", "q", (only ? text + " state:open" : here).strip()),
                accept.isEmpty() ? null : accept);
    }

    private static Found found(Divergence it, Instant now) {
        Instant resolved = it.resolvedAt();
        return new Found(DivergenceItem.of(List.of(it), now).getFirst(), it.project(), it.environment(),
                PageAddress.environment(it.project(), it.environment()) + (resolved == null ? "#" + it.id() : ""),
                resolved == null ? null : PageTime.of(resolved, now), PageAddress.audit("id:" + it.id()));
    }

    private static String key(String name, String value) {
        return value.isEmpty() ? "" : name + ":" + Quoting.value(value);
    }
}
