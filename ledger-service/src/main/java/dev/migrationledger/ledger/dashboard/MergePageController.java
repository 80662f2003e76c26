package dev.migrationledger.ledger.dashboard;

import dev.migrationledger.ledger.identity.Caller;
import dev.migrationledger.ledger.merge.Merges;
import dev.migrationledger.ledger.problem.Refusal;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletResponse;
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
            @PathVariable String project, @PathVariable UUID merge, @AuthenticationPrincipal Caller caller, Model model,
            HttpServletResponse response) {
        model.addAttribute("page", merges.find(project, merge).map(MergePage::of).orElseThrow(
                () -> Refusal.notFound("Project '%s' has no merge %s.".formatted(project, merge))));
        model.addAttribute("caller", caller instanceof Caller.Person person ? person.shown() : "");
        PageHeaders.set(response);
        return "merge";
    }
}
