package dev.migrationledger.ledger.dashboard.lists;

import dev.migrationledger.contracts.identity.AgentKey;
import dev.migrationledger.contracts.identity.TrustedPipeline;
import dev.migrationledger.contracts.text.Glyph;
import dev.migrationledger.core.query.ParsedQuery;
import dev.migrationledger.core.query.Quoting;
import dev.migrationledger.ledger.dashboard.action.ActionLink;
import dev.migrationledger.ledger.dashboard.action.AgentActionsController;
import dev.migrationledger.ledger.dashboard.action.PipelineActionsController;
import dev.migrationledger.ledger.dashboard.lists.AgentsQuery.Heard;
import dev.migrationledger.ledger.dashboard.lists.filter.FilterBox;
import dev.migrationledger.ledger.dashboard.lists.filter.ListCursor;
import dev.migrationledger.ledger.dashboard.lists.filter.UnknownPlaces;
import dev.migrationledger.ledger.identity.AgentKeys;
import dev.migrationledger.ledger.identity.Caller;
import dev.migrationledger.ledger.identity.PipelineActions;
import dev.migrationledger.ledger.ingest.kafka.ParkedRecords;
import dev.migrationledger.ledger.page.PageAddress;
import dev.migrationledger.ledger.page.PageTime;
import dev.migrationledger.ledger.page.PipelineText;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Agents that were heard of, those that are silent for longest first, the keys with which agents sign, and trusted pipelines. */
@Controller
@Hidden
class AgentsPageController {

    private static final int MOST = 100;

    private static final Comparator<AgentKey> BY_STATUS = Comparator.comparing(AgentKey::status)
            .thenComparing(AgentKey::name).thenComparing(AgentKey::key);

    private final AgentsQuery agents;
    private final AgentKeys keys;
    private final PipelineActions pipelines;
    private final ParkedRecords parked;
    private final UnknownPlaces unknown;
    private final Clock clock;

    AgentsPageController(AgentsQuery agents, AgentKeys keys, PipelineActions pipelines, ParkedRecords parked,
            UnknownPlaces unknown, Clock clock) {
        this.agents = agents;
        this.keys = keys;
        this.pipelines = pipelines;
        this.parked = parked;
        this.unknown = unknown;
        this.clock = clock;
    }

    /**
     * An agent in words.
     *
     * @param evidence what the audit has of it
     */
    record AgentItem(
            String project, String environment, String name, PageTime heard, boolean silent, String evidence) {}

    /** An environment whose events came over Kafka and wait. */
    record ParkedItem(String project, String environment, int batches, PageTime since, String code, String detail) {}

    /**
     * A key in words.
     *
     * @param tone its colour, a class of the style sheet
     * @param action what the reader may do with it; absent: nothing
     */
    record KeyItem(String key, String name, String project, String environment, String tone, String status,
            PageTime enrolled, @Nullable ActionLink action) {}

    /**
     * A trusted pipeline in words.
     *
     * @param action what the reader may do with it; absent: nothing
     */
    record PipelineItem(
            String key, String name, String issuer, String project, String environment, String by, PageTime since,
            @Nullable ActionLink action) {}

    /**
     * The page.
     *
     * @param q what is looked for
     * @param after the last agent of the page before
     * @param keysAfter the last key of the page before
     * @param pipelinesAfter the last trusted pipeline of the page before
     */
    @GetMapping("/agents")
    String agents(
            @RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String after,
            @RequestParam(name = "keys", defaultValue = "") String keysAfter,
            @RequestParam(name = "pipelines", defaultValue = "") String pipelinesAfter,
            @AuthenticationPrincipal Caller caller, Model model) {
        Instant now = clock.instant();
        ParsedQuery asked = AgentsQuery.KEYS.parse(q);
        ListCursor cursor = ListCursor.read("after", after, 4);
        List<Heard> heard = agents.heard(caller.scope(), AgentsQuery.KEYS.filter(asked, now), cursor, MOST + 1);
        model.addAttribute("box", FilterBox.of("/agents", "Agents", asked, AgentsQuery.KEYS.keys(),
                "environment:production state:silent", "agent:db-*", "state:suspended,revoked",
                "until:yesterday").with(unknown.in(asked, caller)));
        model.addAttribute("agents", heard.stream().limit(MOST).map(it -> new AgentItem(it.project(),
                it.environment(), it.agent(), PageTime.of(it.at(), now), it.silent(),
                PageAddress.audit("agent:%s environment:%s".formatted(Quoting.value(it.agent()),
                        Quoting.value(it.project() + "/" + it.environment())))))
                .toList());
        model.addAttribute("parked", parked.waiting().stream().filter(it -> caller.scope().has(it.project()))
                .map(it -> new ParkedItem(it.project(), it.environment(), it.batches(), PageTime.of(it.since(), now),
                        it.code(), it.detail()))
                .toList());
        model.addAttribute("first", cursor == null ? null : PageAddress.of("/agents", "q", q));
        model.addAttribute("next", heard.size() > MOST
                ? PageAddress.of("/agents", "q", q, "after", heard.get(MOST - 1).cursor())
                : null);
        KeyFilter filter = new KeyFilter(asked.query(), now);
        keys(asked.isGood(), filter, q, keysAfter, caller, now, model);
        pipelines(asked.isGood(), filter, q, pipelinesAfter, caller, now, model);
        model.addAttribute("ledger", ServletUriComponentsBuilder.fromCurrentContextPath().toUriString());
        return "agents";
    }

    private void keys(
            boolean good, KeyFilter filter, String q, String after, Caller caller, Instant now, Model model) {
        List<AgentKey> found = good
                ? keys.all().stream()
                        .filter(key -> caller.scope().hasAny(project -> AgentKey.covers(key.project(), project)))
                        .filter(filter::finds).sorted(BY_STATUS).toList()
                : List.of();
        List<AgentKey> page = after(found, it -> it.key().equals(after));
        model.addAttribute("keys", page.stream().limit(MOST)
                .map(it -> item(it, AgentActionsController.offered(it, caller), now)).toList());
        model.addAttribute("nextKeys", page.size() > MOST
                ? PageAddress.of("/agents", "q", q, "keys", page.get(MOST - 1).key()) + "#keys"
                : null);
        model.addAttribute("mayEnrol", AgentActionsController.offered(caller));
    }

    private void pipelines(
            boolean good, KeyFilter filter, String q, String after, Caller caller, Instant now, Model model) {
        List<TrustedPipeline> found = good
                ? pipelines.readableBy(caller).stream().filter(filter::finds)
                        .sorted(Comparator.comparing(TrustedPipeline::project).thenComparing(TrustedPipeline::since))
                        .toList()
                : List.of();
        List<TrustedPipeline> page = after(found, it -> it.pipeline().toString().equals(after));
        model.addAttribute("pipelines", page.stream().limit(MOST)
                .map(it -> new PipelineItem(it.pipeline().toString(), PipelineText.sentence(it.match()), it.issuer(),
                        it.project(), it.environment(), it.by(), PageTime.of(it.since(), now),
                        PipelineActionsController.offered(it, caller)))
                .toList());
        model.addAttribute("nextPipelines", page.size() > MOST
                ? PageAddress.of("/agents", "q", q, "pipelines", page.get(MOST - 1).pipeline()) + "#pipelines"
                : null);
        model.addAttribute("trusting", PipelineActionsController.offered(caller));
    }

    /** What follows one of them; all of them if it is not there. */
    private static <T> List<T> after(List<T> all, Predicate<T> last) {
        return IntStream.range(0, all.size()).filter(at -> last.test(all.get(at))).boxed().findFirst()
                .map(at -> all.subList(at + 1, all.size())).orElse(all);
    }

    private static KeyItem item(AgentKey it, @Nullable ActionLink action, Instant now) {
        return switch (it.status()) {
            case ACTIVE -> item(it, "good", Glyph.FINE.with("active"), action, now);
            case SUSPENDED ->
                item(it, "bad", Glyph.WRONG.with("suspended: an administrator has to decide"), action, now);
            case REVOKED -> item(it, "quiet", "revoked", action, now);
        };
    }

    private static KeyItem item(AgentKey it, String tone, String status, @Nullable ActionLink action, Instant now) {
        return new KeyItem(it.key(), it.name(), it.project(), it.environment(), tone, status,
                PageTime.of(it.enrolled(), now), action);
    }
}
