package dev.migrationledger.ledger.audit.facts;

import static dev.migrationledger.ledger.audit.facts.AgentFacts.names;
import static dev.migrationledger.ledger.audit.facts.EventFacts.by;
import static dev.migrationledger.ledger.audit.facts.EventFacts.byTheLedger;
import static dev.migrationledger.ledger.audit.facts.EventFacts.second;

import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.event.BranchEvent;
import dev.migrationledger.contracts.event.EvidenceEvent;
import dev.migrationledger.contracts.event.GateEvent;
import dev.migrationledger.contracts.event.IdentityEvent;
import dev.migrationledger.contracts.event.LedgerEvent.*;
import dev.migrationledger.contracts.event.LedgerEvent;
import dev.migrationledger.contracts.event.MergeEvent;
import dev.migrationledger.contracts.event.PolicyEvent.*;
import dev.migrationledger.contracts.event.PolicyEvent;
import dev.migrationledger.contracts.event.WebhookEvent;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.ledger.audit.facts.EventFacts.Who;
import dev.migrationledger.ledger.evidence.check.TamperingText;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the ledger decided and what people did in it. */
final class LedgerFacts {

    private LedgerFacts() {}

    static EventFacts of(LedgerEvent event) {
        return switch (event) {
            case EnvironmentRegistered it -> byTheLedger(it.labels().isEmpty()
                    ? "Registered the environment."
                    : "Registered the environment with %s.".formatted(Count.of(it.labels().size(), "label")));
            case EnvironmentRetired it -> by(it.by(), "Retired the environment: %s.".formatted(bare(it.reason())));
            case EnvironmentRevived it -> byTheLedger(
                    "Uses the environment again because agent %s reported an event.".formatted(it.agent()));
            case RunProved it -> EventFacts.of(
                    "Proved that the run is one of pipeline %s.".formatted(it.pipeline().name()),
                    new Who.ThePipeline(it.pipeline().name())).run(it.run()).id(it.run())
                    .note(it.pipeline().issuer());
            case ContentWithdrawn it -> EventFacts.of(
                    "Withdrew the content of an event of type %s: %s.".formatted(it.withdrawnType(),
                            bare(it.reason())),
                    new Who.ThePerson("local")).note(it.digest());
            case DivergenceDetected it -> finding("Detected %s (%s): %s.", it.finding()).id(it.divergence());
            case DivergenceChanged it -> finding("Updated %s (%s): %s.", it.finding()).id(it.divergence());
            case DivergenceResolved it -> byTheLedger("Resolved %s%s.".formatted(it.code().code(),
                    it.reason() == null ? "" : ": " + bare(it.reason().words())))
                    .id(it.divergence()).code(it.code().code());
            case BranchEvent it -> branch(it);
            case EvidenceEvent it -> evidence(it);
            case GateEvent it -> GateFacts.of(it);
            case IdentityEvent it -> IdentityFacts.of(it);
            case MergeEvent it -> MergeFacts.of(it);
            case PolicyEvent it -> policy(it);
            case WebhookEvent it -> webhook(it);
        };
    }

    private static EventFacts finding(String text, Finding finding) {
        List<String> revisions = finding.evidence().stream()
                .filter(one -> one.what() == Finding.Exhibit.What.REVISION || one.what() == Finding.Exhibit.What.ROW)
                .map(Finding.Exhibit::value).distinct().toList();
        return byTheLedger(text.formatted(finding.code().code(),
                finding.severity().name().toLowerCase(Locale.ROOT), bare(finding.message())))
                .code(finding.code().code()).revisions(revisions);
    }

    private static EventFacts branch(BranchEvent event) {
        return switch (event) {
            case BranchEvent.BranchPublished it -> by(it.by(), "Published %s with %s.".formatted(it.source(),
                    names(it.revisions().stream().map(Revision::revision).toList(), "no revision of its own")))
                    .source(it.source()).revisions(it.revisions().stream().map(Revision::revision).toList());
            case BranchEvent.BranchAuthorsRead it -> byTheLedger("Noted who wrote the files of %s."
                    .formatted(it.source())).source(it.source());
            case BranchEvent.BranchClosed it -> by(it.by(), "Closed %s.".formatted(it.source())).source(it.source());
        };
    }

    private static EventFacts evidence(EvidenceEvent event) {
        String sentence = TamperingText.sentence(event.tampering());
        return switch (event) {
            case EvidenceEvent.TamperingFound _ -> byTheLedger("Found the database changed: " + sentence);
            case EvidenceEvent.TamperingRepaired _ -> byTheLedger("Found this repaired: " + sentence);
        };
    }

    private static EventFacts webhook(WebhookEvent event) {
        return (switch (event) {
            case WebhookEvent.WebhookAdded it -> by(it.by(), "Added the webhook '%s' to %s.".formatted(it.name(),
                    it.origin()));
            case WebhookEvent.WebhookRemoved it -> by(it.by(), "Removed the webhook %s.".formatted(it.webhook()));
        }).id(event.webhook());
    }

    private static EventFacts policy(PolicyEvent event) {
        return switch (event) {
            case PolicyApplied it -> by(it.by(), "Applied version %d of the policy.".formatted(it.version()));
            case AcceptanceGranted it -> by(it.by(),
                    "Accepted %s in %s until %s: %s.".formatted(it.code().code(), it.environment(), second(it.until()),
                            bare(it.reason())))
                    .id(it.acceptance()).code(it.code().code()).note(it.subject()).note(it.owner());
            case AcceptanceWithdrawn it -> by(it.by(), "Withdrew the acceptance of a finding.").id(it.acceptance());
            case AcceptanceExpired it -> byTheLedger("Ended the acceptance of a finding because its time is over.")
                    .id(it.acceptance());
        };
    }

    /** What follows a clause; empty without a comment. */
    static String comment(@Nullable String text) {
        return text == null ? "" : ": " + bare(text);
    }

    /** Without the full stop that the sentence around it has. */
    static String bare(String text) {
        String stripped = text.strip();
        return stripped.endsWith(".") ? stripped.substring(0, stripped.length() - 1) : stripped;
    }
}
