package dev.migrationledger.ledger.dashboard.lists;

import dev.migrationledger.contracts.gate.DeployRecord;
import dev.migrationledger.contracts.gate.GateAnswer.Decision;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.core.policy.PolicyText;
import dev.migrationledger.ledger.dashboard.OverrideItem;
import dev.migrationledger.ledger.dashboard.action.ActionLink;
import dev.migrationledger.ledger.dashboard.action.DeployActionsController;
import dev.migrationledger.ledger.gate.DeploysView;
import dev.migrationledger.ledger.identity.Caller;
import dev.migrationledger.ledger.page.PageTime;
import dev.migrationledger.ledger.problem.Refusal;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
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
    private static final int REASONS = 3;

    private final DeploysView deploys;
    private final Clock clock;

    DeploysPageController(DeploysView deploys, Clock clock) {
        this.deploys = deploys;
        this.clock = clock;
    }

    /**
     * A deploy in words.
     *
     * @param outcome what the gate decided and what became of it
     * @param more how many reasons are not shown
     * @param approvers who approved it
     * @param action what the reader may do about it; absent: nothing
     */
    record Item(
            String key, String project, String environment, String tone, String sign, String outcome, String by,
            String pending, List<String> reasons, int more, String approvers, @Nullable ActionLink action,
            PageTime at) {
        Item {
            reasons = List.copyOf(reasons);
        }
    }

    /** @param before the page begins with the newest deploy before this time */
    @GetMapping("/deploys")
    String deploys(
            @RequestParam(defaultValue = "") String before, @AuthenticationPrincipal Caller caller, Model model) {
        Instant now = clock.instant();
        List<DeployRecord> found = deploys.latest(caller.scope(), time(before), MOST);
        model.addAttribute("overrides", deploys.unsettled(caller.scope(), now, MOST).stream()
                .map(it -> OverrideItem.of(it, now)).toList());
        Set<Question> questions = new HashSet<>();
        model.addAttribute("deploys", found.stream().limit(MOST).map(it -> item(it,
                // An approval counts for the same scripts and rows: the newest question has it, and older ones do not need it.
                questions.add(Question.of(it)) ? DeployActionsController.offered(it, caller) : null, now)).toList());
        model.addAttribute("next", found.size() > MOST ? found.get(MOST - 1).decidedAt() : null);
        return "deploys";
    }

    private static @Nullable Instant time(String text) {
        try {
            return text.isEmpty() ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw Refusal.invalid("before", "'%s' is not a time; write it as 2026-01-31T12:00:00Z.".formatted(text));
        }
    }

    /** What is asked again and again until it is allowed. */
    private record Question(String project, String environment, String scripts, List<String> rows) {
        static Question of(DeployRecord it) {
            return new Question(it.project(), it.environment(), it.asked().scripts().digest(), it.asked().rows());
        }
    }

    private static Item item(DeployRecord it, @Nullable ActionLink action, Instant now) {
        boolean allowed = it.decision() == Decision.ALLOWED;
        Integer exit = it.exitCode();
        boolean failed = exit != null && exit != 0;
        return new Item(it.deploy().toString(), it.project(), it.environment(),
                !allowed || failed ? "bad" : it.override() != null ? "due" : "good", allowed && !failed ? "✓" : "✕",
                outcome(it, allowed, exit), it.asked().by(),
                it.asked().pending().isEmpty() ? "nothing to run" : Count.of(it.asked().pending().size(), "revision"),
                it.reasons().stream().limit(REASONS).map(PolicyText::of).map(Redaction::of).toList(),
                Math.max(0, it.reasons().size() - REASONS), ListText.and(it.approvers(), REASONS), action,
                PageTime.of(it.decidedAt(), now));
    }

    private static String outcome(DeployRecord it, boolean allowed, @Nullable Integer exit) {
        String decision = !allowed ? "blocked" : it.override() == null ? "allowed" : "allowed by an override";
        return exit == null
                ? decision
                : exit == 0 ? decision + ", ran" : "%s, failed with code %d".formatted(decision, exit);
    }
}
