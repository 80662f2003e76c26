package dev.migrationledger.ledger.dashboard.lists;

import dev.migrationledger.contracts.identity.AgentKey;
import dev.migrationledger.contracts.identity.TrustedPipeline;
import dev.migrationledger.ledger.dashboard.action.ActionLink;
import dev.migrationledger.ledger.dashboard.action.AgentActionsController;
import dev.migrationledger.ledger.dashboard.action.PipelineActionsController;
import dev.migrationledger.ledger.identity.AgentKeys;
import dev.migrationledger.ledger.identity.Caller;
import dev.migrationledger.ledger.identity.PipelineActions;
import dev.migrationledger.ledger.page.PageTime;
import dev.migrationledger.ledger.page.PipelineText;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
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

    private final AgentsQuery agents;
    private final AgentKeys keys;
    private final PipelineActions pipelines;
    private final Clock clock;

    AgentsPageController(AgentsQuery agents, AgentKeys keys, PipelineActions pipelines, Clock clock) {
        this.agents = agents;
        this.keys = keys;
        this.pipelines = pipelines;
        this.clock = clock;
    }

    /** An agent in words. */
    record AgentItem(String project, String environment, String name, PageTime heard, boolean silent) {}

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

    /** @param after so many agents are left out */
    @GetMapping("/agents")
    String agents(@RequestParam(defaultValue = "0") int after, @AuthenticationPrincipal Caller caller, Model model) {
        Instant now = clock.instant();
        int skip = Math.max(0, after);
        List<AgentItem> found = agents.heard(caller.scope(), skip, MOST + 1, now);
        model.addAttribute("agents", found.stream().limit(MOST).toList());
        model.addAttribute("next", found.size() > MOST ? skip + MOST : null);
        model.addAttribute("keys", keys.all().stream()
                .filter(key -> caller.scope().hasAny(project -> AgentKey.covers(key.project(), project)))
                .sorted(Comparator.comparing(AgentKey::status).thenComparing(AgentKey::name)
                        .thenComparing(AgentKey::key))
                .limit(MOST).map(it -> item(it, AgentActionsController.offered(it, caller), now)).toList());
        model.addAttribute("mayEnrol", AgentActionsController.offered(caller));
        model.addAttribute("pipelines", pipelines.readableBy(caller).stream()
                .sorted(Comparator.comparing(TrustedPipeline::project).thenComparing(TrustedPipeline::since))
                .limit(MOST)
                .map(it -> new PipelineItem(it.pipeline().toString(), PipelineText.sentence(it.match()), it.issuer(),
                        it.project(), it.environment(), it.by(), PageTime.of(it.since(), now),
                        PipelineActionsController.offered(it, caller)))
                .toList());
        model.addAttribute("trusting", PipelineActionsController.offered(caller));
        model.addAttribute("ledger", ServletUriComponentsBuilder.fromCurrentContextPath().toUriString());
        return "agents";
    }

    private static KeyItem item(AgentKey it, @Nullable ActionLink action, Instant now) {
        return switch (it.status()) {
            case ACTIVE -> item(it, "good", "✓ active", action, now);
            case SUSPENDED -> item(it, "bad", "✕ suspended: an administrator has to decide", action, now);
            case REVOKED -> item(it, "quiet", "revoked", action, now);
        };
    }

    private static KeyItem item(AgentKey it, String tone, String status, @Nullable ActionLink action, Instant now) {
        return new KeyItem(it.key(), it.name(), it.project(), it.environment(), tone, status,
                PageTime.of(it.enrolled(), now), action);
    }
}
