package dev.migrationledger.ledger.dashboard.lists;

import dev.migrationledger.ledger.branch.OpenBranches;
import dev.migrationledger.ledger.dashboard.BranchItem;
import dev.migrationledger.ledger.dashboard.MergeItem;
import dev.migrationledger.ledger.identity.Caller;
import dev.migrationledger.ledger.merge.Merges;
import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Merges that are not over, and branches that are in each other's way. */
@Controller
@Hidden
class MergesPageController {

    private static final int MOST = 100;

    private final Merges merges;
    private final OpenBranches branches;

    MergesPageController(Merges merges, OpenBranches branches) {
        this.merges = merges;
        this.branches = branches;
    }

    @GetMapping("/merges")
    String merges(@AuthenticationPrincipal Caller caller, Model model) {
        model.addAttribute("merges", merges.open(caller.scope(), MOST).stream().map(MergeItem::of).toList());
        model.addAttribute("branches", BranchItem.of(branches.blocked(caller.scope(), MOST), MOST));
        model.addAttribute("most", MOST);
        return "merges";
    }
}
