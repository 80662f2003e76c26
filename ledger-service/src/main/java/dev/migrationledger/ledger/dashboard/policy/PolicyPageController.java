package dev.migrationledger.ledger.dashboard.policy;

import dev.migrationledger.contracts.policy.Policy;
import dev.migrationledger.contracts.policy.ProjectPolicy;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.ledger.dashboard.PolicyLine;
import dev.migrationledger.ledger.dashboard.action.PolicyActionsController;
import dev.migrationledger.ledger.gate.dryrun.DryRuns;
import dev.migrationledger.ledger.identity.Caller;
import dev.migrationledger.ledger.page.PageAddress;
import dev.migrationledger.ledger.page.PageTime;
import dev.migrationledger.ledger.policy.PolicyChanges;
import dev.migrationledger.ledger.policy.PolicyUpload;
import dev.migrationledger.ledger.problem.Refusal;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** What a project demands of deploys, as its file says it, and what another file would have changed. */
@Controller
@Hidden
@RequestMapping("/projects/{project}/policy")
class PolicyPageController {

    private static final String USUAL_DAYS = "" + DryRuns.USUAL_DAYS;

    private final PolicyChanges policies;
    private final DryRuns dryRuns;
    private final Clock clock;

    PolicyPageController(PolicyChanges policies, DryRuns dryRuns, Clock clock) {
        this.policies = policies;
        this.dryRuns = dryRuns;
        this.clock = clock;
    }

    @GetMapping
    String show(@PathVariable String project, @AuthenticationPrincipal Caller caller, Model model) {
        ProjectPolicy policy = policies.current(project);
        return page(policy, Redaction.of(Objects.requireNonNullElse(policy.text(), "")), USUAL_DAYS, caller, model);
    }

    /** Records nothing: the file is too long for an address. */
    @PostMapping
    String judge(
            @PathVariable String project, @RequestParam(defaultValue = "") String file,
            @RequestParam(defaultValue = USUAL_DAYS) String days,
            @RequestParam(defaultValue = "0") int skipped, @AuthenticationPrincipal Caller caller,
            HttpServletResponse response, Model model) {
        ProjectPolicy current = policies.current(project);
        PolicyUpload upload = PolicyUpload.typed(file);
        Policy policy = upload.policy();
        if (policy == null) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            model.addAttribute("mistakes", upload.mistakes().size());
            model.addAttribute("lines", PolicyLine.of(file, upload.mistakes()));
        } else {
            try {
                model.addAttribute("trial", PolicyTrial.of(dryRuns.whole(project, policy, DryRuns.days(days)), file,
                        days, skipped, clock.instant()));
            } catch (Refusal refusal) {
                response.setStatus(refusal.problem().status());
                model.addAttribute("problem", Redaction.of(refusal.problem().detail()));
            }
        }
        return page(current, file, days, caller, model);
    }

    private String page(ProjectPolicy policy, String file, String days, Caller caller, Model model) {
        String project = policy.project();
        model.addAttribute("project", project);
        model.addAttribute("policy", policy);
        Policy inForce = policy.text() == null ? Policy.DEFAULT : PolicyUpload.typed(policy.text()).policy();
        model.addAttribute("rules", RuleInForce.of(Objects.requireNonNullElse(inForce, Policy.DEFAULT)));
        model.addAttribute("applied", PageTime.of(policy.appliedAt(), clock.instant()));
        model.addAttribute("file", file);
        model.addAttribute("rows", Math.clamp(file.lines().count() + 2, 12, 40));
        model.addAttribute("days", days);
        model.addAttribute("self", PageAddress.policy(project));
        model.addAttribute("apply", PolicyActionsController.offered(project, caller));
        model.addAttribute("ledger", ServletUriComponentsBuilder.fromCurrentContextPath().toUriString());
        model.addAttribute("back", PageAddress.project(project));
        model.addAttribute("audit", PageAddress.audit("project:%s kind:policy-applied".formatted(project)));
        model.asMap().putIfAbsent("lines", List.of());
        return "policy";
    }
}
