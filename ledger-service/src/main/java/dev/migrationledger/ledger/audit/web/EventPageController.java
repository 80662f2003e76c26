package dev.migrationledger.ledger.audit.web;

import dev.migrationledger.contracts.audit.AuditEntry;
import dev.migrationledger.contracts.envelope.RecordedEvent.Origin;
import dev.migrationledger.contracts.event.PolicyEvent.PolicyApplied;
import dev.migrationledger.contracts.log.LogRecord;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.core.audit.AuditKeys;
import dev.migrationledger.core.query.SearchQuery;
import dev.migrationledger.ledger.audit.search.AuditQuestion;
import dev.migrationledger.ledger.audit.search.AuditSearch;
import dev.migrationledger.ledger.audit.search.SearchScope;
import dev.migrationledger.ledger.evidence.log.EvidenceLog;
import dev.migrationledger.ledger.evidence.log.StoredRecords;
import dev.migrationledger.ledger.identity.Caller;
import dev.migrationledger.ledger.page.PageAddress;
import dev.migrationledger.ledger.problem.Refusal;
import io.swagger.v3.oas.annotations.Hidden;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** One event: its entry, the event as it is stored, who signed it, and that it is in the evidence log. */
@Controller
@Hidden
class EventPageController {

    private static final String POLICY = "ledger.policy-applied";

    private final AuditSearch search;
    private final StoredRecords records;
    private final EvidenceLog log;
    private final Clock clock;

    EventPageController(AuditSearch search, StoredRecords records, EvidenceLog log, Clock clock) {
        this.search = search;
        this.records = records;
        this.log = log;
        this.clock = clock;
    }

    @GetMapping("/events/{position}")
    String event(@PathVariable long position, @AuthenticationPrincipal Caller caller, Model model) {
        // Who may read the entry may read the event.
        AuditEntry entry = search.page(new AuditQuestion(query(position), ZoneOffset.UTC, clock.instant(),
                SearchScope.of(caller)), null, 1).entries().stream().findFirst()
                .orElseThrow(() -> missing(position));
        LogRecord stored = records.event(position).orElseThrow(() -> missing(position));
        model.addAttribute("line", AuditListing.line(entry));
        model.addAttribute("details", EntryDetails.of(entry));
        model.addAttribute("stored", stored);
        // Pages hide what looks like a secret; an export has the record that the proof is of.
        String payload = stored.payload();
        model.addAttribute("content", payload == null ? "" : Redaction.of(payload));
        model.addAttribute("metadata", Redaction.of(stored.metadata()));
        model.addAttribute("file", Redaction.of(file(stored)));
        model.addAttribute("proof", log.inclusion(position, log.size()).orElse(null));
        Origin origin = entry.origin();
        String project = entry.project();
        String environment = entry.environment();
        if (origin != null && project != null && environment != null) {
            model.addAttribute("signature", records.signature(project, environment, origin).orElse(null));
            model.addAttribute("signatures", "/api/v1" + PageAddress.environment(project, environment)
                    + "/signatures");
        }
        model.addAttribute("agent", origin == null ? "" : origin.agent());
        return "event";
    }

    /** Of a policy that was applied: in the stored event it is one line of JSON. */
    private static String file(LogRecord stored) {
        String payload = stored.payload();
        return payload != null && stored.type().equals(POLICY)
                && ContractJson.readEvent(payload.getBytes(StandardCharsets.UTF_8),
                        stored.type() + ".v" + stored.revision()) instanceof PolicyApplied applied
                                ? applied.text()
                                : "";
    }

    private static SearchQuery query(long position) {
        return AuditKeys.LANGUAGE.parse("%s:%d".formatted(AuditKeys.POSITION, position)).query();
    }

    private static Refusal missing(long position) {
        return Refusal.notFound("The audit has no event at position %d. Look it up in the audit.".formatted(position));
    }
}
