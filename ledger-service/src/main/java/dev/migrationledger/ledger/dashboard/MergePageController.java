package dev.migrationledger.ledger.dashboard;

import dev.migrationledger.contracts.merge.MergeProposal;
import dev.migrationledger.ledger.dashboard.action.MergeActionsController;
import dev.migrationledger.ledger.identity.Caller;
import dev.migrationledger.ledger.merge.Merges;
import dev.migrationledger.ledger.problem.Refusal;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.UUID;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

@Controller
@Hidden
class MergePageController {

    private final Merges merges;

    MergePageController(Merges merges) {
        this.merges = merges;
    }

    @GetMapping("/projects/{project}/merges/{merge}")
    String merge(
            @PathVariable String project, @PathVariable UUID merge, @AuthenticationPrincipal Caller caller,
            Model model) {
        MergeProposal found = merges.find(project, merge).orElseThrow(
                () -> Refusal.notFound("Project '%s' has no merge %s.".formatted(project, merge)));
        model.addAttribute("page", MergePage.of(found));
        model.addAttribute("actions", MergeActionsController.offered(found, caller));
        return "merge";
    }
}
