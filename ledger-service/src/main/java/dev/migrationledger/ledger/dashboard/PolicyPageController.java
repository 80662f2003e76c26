package dev.migrationledger.ledger.dashboard;

import dev.migrationledger.contracts.policy.ProjectPolicy;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.ledger.page.PageAddress;
import dev.migrationledger.ledger.page.PageTime;
import dev.migrationledger.ledger.policy.ProjectPolicies;
import dev.migrationledger.ledger.view.EnvironmentViews;
import dev.migrationledger.ledger.view.NotFound;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** What a project demands of deploys, as its file says it. */
@Controller
@Hidden
class PolicyPageController {

    private final ProjectPolicies policies;
    private final EnvironmentViews environments;
    private final Clock clock;

    PolicyPageController(ProjectPolicies policies, EnvironmentViews environments, Clock clock) {
        this.policies = policies;
        this.environments = environments;
        this.clock = clock;
    }

    @GetMapping("/projects/{project}/policy")
    String policy(@PathVariable String project, Model model) {
        if (environments.environments(project).isEmpty()) {
            throw NotFound.project(project, environments);
        }
        ProjectPolicy policy = policies.file(project);
        String text = policy.text();
        model.addAttribute("project", project);
        model.addAttribute("policy", policy);
        model.addAttribute("applied", PageTime.of(policy.appliedAt(), clock.instant()));
        model.addAttribute("lines", text == null ? List.of() : text.lines().map(Redaction::of).toList());
        model.addAttribute("ledger", ServletUriComponentsBuilder.fromCurrentContextPath().toUriString());
        model.addAttribute("back", PageAddress.project(project));
        model.addAttribute("audit", PageAddress.audit("project:%s kind:policy-applied".formatted(project)));
        return "policy";
    }
}
