package dev.migrationledger.ledger.dashboard.lists;

import dev.migrationledger.contracts.gate.DeployRecord;
import dev.migrationledger.contracts.gate.GateAnswer.Decision;
import dev.migrationledger.contracts.gate.GateOverride;
import dev.migrationledger.contracts.text.Glyph;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.core.policy.PolicyText;
import dev.migrationledger.core.query.ParsedQuery;
import dev.migrationledger.ledger.dashboard.OverrideItem;
import dev.migrationledger.ledger.dashboard.action.ActionLink;
import dev.migrationledger.ledger.dashboard.action.DeployActionsController;
import dev.migrationledger.ledger.dashboard.action.OverrideActionsController;
import dev.migrationledger.ledger.dashboard.lists.filter.FilterBox;
import dev.migrationledger.ledger.dashboard.lists.filter.ListCursor;
import dev.migrationledger.ledger.dashboard.lists.filter.ListFilter;
import dev.migrationledger.ledger.dashboard.lists.filter.UnknownPlaces;
import dev.migrationledger.ledger.identity.Caller;
import dev.migrationledger.ledger.page.PageAddress;
import dev.migrationledger.ledger.page.PageTime;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What the gate decided, and overrides. */
@Controller
@Hidden
class DeploysPageController {

    private static final int MOST = 50;
    private static final int MOST_OVERRIDES = 50;
    private static final int REASONS = 3;
    private static final int REVISIONS = 3;
    private static final int APPROVERS = 3;

    private final DeploysQuery deploys;
    private final OverridesQuery overrides;
    private final UnknownPlaces unknown;
    private final Clock clock;

    DeploysPageController(DeploysQuery deploys, OverridesQuery overrides, UnknownPlaces unknown, Clock clock) {
        this.deploys = deploys;
        this.overrides = overrides;
        this.unknown = unknown;
        this.clock = clock;
    }

    /**
     * A deploy in words.
     *
     * @param outcome what the gate decided and what became of it
     * @param revisions that it would run, the first ones
     * @param moreRevisions how many of them are not shown
     * @param more how many reasons are not shown
     * @param approvers who approved it, the first ones
     * @param moreApprovers how many are not shown
     * @param action what the reader may do about it; absent: nothing
     * @param run what the audit has about its run; absent: it started none
     * @param address of the list with this deploy alone, with all its reasons
     * @param evidence what the audit has about it
     */
    record Item(
            String key, String project, String environment, String tone, String sign, String outcome, String by,
            List<ActionLink> revisions, int moreRevisions, List<String> reasons, int more, String approvers,
            int moreApprovers,
            @Nullable ActionLink action, @Nullable String run, PageTime at, String address, String evidence) {
        Item {
            revisions = List.copyOf(revisions);
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * The page.
     *
     * @param q what is looked for
     * @param before the last deploy of the page before
     * @param overrideOffset how many of the unsettled overrides the pages before showed
     */
    @GetMapping("/deploys")
    String deploys(
            @RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String before,
            @RequestParam(name = "overrides", defaultValue = "0") int overrideOffset,
            @AuthenticationPrincipal Caller caller, Model model) {
        Instant now = clock.instant();
        ParsedQuery asked = DeploysQuery.KEYS.parse(q);
        ListFilter filter = DeploysQuery.KEYS.filter(asked, now);
        ListCursor cursor = ListCursor.read("before", before, 2);
        List<DeployRecord> found = deploys.deploys(caller.scope(), filter, cursor, MOST + 1);
        List<DeployRecord> shown = found.stream().limit(MOST).toList();
        boolean all = filter.uses(DeploysQuery.ID);
        Set<Question> questions = new HashSet<>();
        model.addAttribute("box", FilterBox.of("/deploys", "Deploys", asked, DeploysQuery.KEYS.keys(),
                "environment:production state:blocked since:7d", "state:overridden", "state:failed,not-ended",
                "reason:schema-hole").with(unknown.in(asked, caller)));
        // What is not settled is on the first page, whatever is looked for below.
        int skipped = Offset.of(overrideOffset);
        List<GateOverride> unsettled = asked.isGood() && cursor == null
                ? overrides.unsettled(caller.scope(), asked, now, skipped, MOST_OVERRIDES + 1)
                : List.of();
        model.addAttribute("overrides",
                unsettled.stream().limit(MOST_OVERRIDES)
                        .map(it -> OverrideItem.of(it, OverrideActionsController.offered(it, caller, now), now))
                        .toList());
        model.addAttribute("moreOverrides", unsettled.size() > MOST_OVERRIDES
                ? PageAddress.of("/deploys", "q", q, "overrides", String.valueOf(skipped + MOST_OVERRIDES))
                : null);
        model.addAttribute("deploys", shown.stream().map(it -> item(it,
                // An approval counts for the same scripts and rows: the newest question has it, and older ones do not need it.
                questions.add(Question.of(it)) ? DeployActionsController.offered(it, caller) : null,
                all, now)).toList());
        model.addAttribute("first", cursor == null ? null : PageAddress.of("/deploys", "q", q));
        model.addAttribute("next", found.size() > MOST
                ? PageAddress.of("/deploys", "q", q, "before", DeploysQuery.cursor(shown.getLast()))
                : null);
        return "deploys";
    }

    /** What is asked again and again until it is allowed. */
    private record Question(String project, String environment, String scripts, List<String> rows) {
        static Question of(DeployRecord it) {
            return new Question(it.project(), it.environment(), it.asked().scripts().digest(), it.asked().rows());
        }
    }

    /** @param all whether everything is shown, because it is the only one */
    private static Item item(DeployRecord it, @Nullable ActionLink action, boolean all, Instant now) {
        int reasons = all ? Integer.MAX_VALUE : REASONS;
        int revisions = all ? Integer.MAX_VALUE : REVISIONS;
        int approvers = all ? Integer.MAX_VALUE : APPROVERS;
        boolean allowed = it.decision() == Decision.ALLOWED;
        Integer exit = it.exitCode();
        boolean failed = exit != null && exit != 0;
        return new Item(it.deploy().toString(), it.project(), it.environment(),
                !allowed || failed ? "bad" : it.override() != null ? "due" : "good",
                (!allowed || failed ? Glyph.WRONG : it.override() != null ? Glyph.ATTENTION : Glyph.FINE).sign(),
                outcome(it, allowed, exit), it.asked().by(),
                revisions(it, revisions), Math.max(0, it.asked().pending().size() - revisions),
                it.reasons().stream().limit(reasons).map(PolicyText::of).map(Redaction::of).toList(),
                Math.max(0, it.reasons().size() - reasons),
                ListText.plain(it.approvers().stream().limit(approvers).toList()),
                Math.max(0, it.approvers().size() - approvers), action,
                it.asked().run() == null ? null : PageAddress.audit("run:" + it.asked().run()),
                PageTime.of(it.decidedAt(), now), PageAddress.of("/deploys", "q", "id:" + it.deploy()),
                PageAddress.audit("id:" + it.deploy()));
    }

    private static List<ActionLink> revisions(DeployRecord it, int most) {
        return it.asked().pending().stream().limit(most)
                .map(one -> new ActionLink(Redaction.of(one), PageAddress.revision(it.project(), one))).toList();
    }

    private static String outcome(DeployRecord it, boolean allowed, @Nullable Integer exit) {
        String decision = !allowed ? "blocked" : it.override() == null ? "allowed" : "allowed by an override";
        return exit == null
                ? decision
                : exit == 0 ? decision + ", ran" : "%s, failed with code %d".formatted(decision, exit);
    }
}
