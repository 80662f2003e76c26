package dev.migrationledger.ledger.audit.web;

import dev.migrationledger.contracts.audit.AuditPage;
import dev.migrationledger.ledger.audit.search.AuditSearch;
import dev.migrationledger.ledger.identity.Caller;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
@Hidden
class AuditPageController {

    private static final int ENTRIES = 100;
    private static final int MOST_SKIPPED = 1_000_000;

    private final AuditSearch search;
    private final Clock clock;

    AuditPageController(AuditSearch search, Clock clock) {
        this.search = search;
        this.clock = clock;
    }

    @GetMapping("/audit")
    String audit(
            @RequestParam(required = false) @Nullable String q, @RequestParam(required = false) @Nullable String zone,
            @RequestParam(required = false) @Nullable Long before,
            @RequestParam(name = "blind", defaultValue = "0") int asked, @AuthenticationPrincipal Caller caller,
            Model model) {
        int skippedBlind = Math.clamp(asked, 0, MOST_SKIPPED);
        AskedQuery query = AskedQuery.read(q, zone);
        AuditPage found = query.isGood()
                ? search.page(query.by(caller, clock.instant()), before, ENTRIES, skippedBlind)
                : null;
        model.addAttribute("page", AuditListing.of(query, found, before, skippedBlind));
        return "audit";
    }
}
