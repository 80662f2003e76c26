package dev.migrationledger.ledger.dashboard;

import dev.migrationledger.ledger.merge.Merges;
import dev.migrationledger.ledger.problem.Refusal;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.UUID;
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
            @PathVariable String project, @PathVariable UUID merge, Model model) {
        model.addAttribute("page", merges.find(project, merge).map(MergePage::of).orElseThrow(
                () -> Refusal.notFound("Project '%s' has no merge %s.".formatted(project, merge))));
        return "merge";
    }
}
