package dev.migrationledger.ledger.dashboard.lists;

import dev.migrationledger.contracts.merge.MergeProposal;
import dev.migrationledger.contracts.text.Glyph;
import dev.migrationledger.core.query.ParsedQuery;
import dev.migrationledger.ledger.branch.OpenBranches;
import dev.migrationledger.ledger.dashboard.BranchItem;
import dev.migrationledger.ledger.dashboard.MergeItem;
import dev.migrationledger.ledger.dashboard.lists.filter.FilterBox;
import dev.migrationledger.ledger.dashboard.lists.filter.ListCursor;
import dev.migrationledger.ledger.dashboard.lists.filter.ListFilter;
import dev.migrationledger.ledger.dashboard.lists.filter.NamedPlace;
import dev.migrationledger.ledger.dashboard.lists.filter.UnknownPlaces;
import dev.migrationledger.ledger.identity.Caller;
import dev.migrationledger.ledger.page.PageAddress;
import dev.migrationledger.ledger.page.PageTime;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Merges, and branches that are in each other's way. */
@Controller
@Hidden
class MergesPageController {

    private static final int MOST = 50;

    /** Projects whose branches are looked at for one page: that takes longer than to list merges. */
    private static final int PROJECTS = 20;

    private final MergesQuery merges;
    private final OpenBranches branches;
    private final UnknownPlaces unknown;
    private final Clock clock;

    MergesPageController(MergesQuery merges, OpenBranches branches, UnknownPlaces unknown, Clock clock) {
        this.merges = merges;
        this.branches = branches;
        this.unknown = unknown;
        this.clock = clock;
    }

    /**
     * A merge in words.
     *
     * @param evidence what the audit has about it
     */
    record Row(MergeItem item, String state, String tone, PageTime proposed, String by, String evidence) {}

    /**
     * The page.
     *
     * @param q what is looked for
     * @param before the last merge of the page before
     * @param branchesAfter the last project whose branches were looked at
     */
    @GetMapping("/merges")
    String merges(
            @RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String before,
            @RequestParam(name = "branches", defaultValue = "") String branchesAfter,
            @AuthenticationPrincipal Caller caller, Model model) {
        Instant now = clock.instant();
        ParsedQuery asked = MergesQuery.KEYS.parse(q);
        ListFilter filter = MergesQuery.KEYS.filter(asked, now);
        ListCursor cursor = ListCursor.read("before", before, 2);
        List<MergeProposal> found = merges.merges(caller.scope(), filter, cursor, MOST + 1);
        List<MergeProposal> shown = found.stream().limit(MOST).toList();
        model.addAttribute("box", FilterBox.of("/merges", "Merges", asked, MergesQuery.KEYS.keys(),
                "state:all since:30d", "state:applied since:last-week", "state:rejected,withdrawn",
                "revision:4f2a*").with(unknown.in(asked, caller)));
        model.addAttribute("merges", shown.stream().map(it -> row(it, now)).toList());
        model.addAttribute("every", MergesQuery.listsAll(filter));
        model.addAttribute("first", cursor == null ? null : PageAddress.of("/merges", "q", q));
        model.addAttribute("next", found.size() > MOST
                ? PageAddress.of("/merges", "q", q, "before", MergesQuery.cursor(shown.getLast()))
                : null);
        branches(asked, q, branchesAfter, caller, model);
        return "merges";
    }

    private void branches(ParsedQuery asked, String q, String after, Caller caller, Model model) {
        List<String> projects = asked.isGood()
                ? branches.projects(caller.scope()).stream().filter(it -> it.compareTo(after) > 0)
                        .filter(it -> NamedPlace.inProject(asked.query(), it)).limit(PROJECTS + 1).toList()
                : List.of();
        model.addAttribute("branches", BranchItem.of(branches.blocked(projects.stream().limit(PROJECTS).toList()),
                Integer.MAX_VALUE));
        model.addAttribute("nextBranches", projects.size() > PROJECTS
                ? PageAddress.of("/merges", "q", q, "branches", projects.get(PROJECTS - 1))
                : null);
    }

    private static Row row(MergeProposal it, Instant now) {
        String by = it.proposedBy();
        return new Row(MergeItem.of(it), state(it), switch (it.status()) {
            case OPEN -> it.approved() ? "good" : "due";
            case APPLIED -> "good";
            case REJECTED, WITHDRAWN, OBSOLETE -> "quiet";
        }, PageTime.of(it.proposedAt(), now), by == null ? "the ledger" : by, PageAddress.audit("id:" + it.merge()));
    }

    private static String state(MergeProposal it) {
        return switch (it.status()) {
            case OPEN -> it.approved() ? Glyph.FINE.with("approved") : Glyph.ATTENTION.with("open");
            case APPLIED -> Glyph.FINE.with("applied");
            case REJECTED, WITHDRAWN, OBSOLETE -> Glyph.ORDINARY.with(MergesQuery.word(it.status()));
        };
    }
}
