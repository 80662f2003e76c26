package dev.migrationledger.ledger.audit.facts;

import static dev.migrationledger.ledger.audit.facts.AgentFacts.names;
import static dev.migrationledger.ledger.audit.facts.EventFacts.by;
import static dev.migrationledger.ledger.audit.facts.EventFacts.second;
import static dev.migrationledger.ledger.audit.facts.LedgerFacts.bare;
import static dev.migrationledger.ledger.audit.facts.LedgerFacts.comment;

import dev.migrationledger.contracts.event.GateEvent.*;
import dev.migrationledger.contracts.event.GateEvent;
import dev.migrationledger.contracts.policy.GateReason;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.core.policy.PolicyText;
import dev.migrationledger.ledger.audit.facts.EventFacts.Who;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Questions to the gate, and overrides. */
final class GateFacts {

    private GateFacts() {}

    static EventFacts of(GateEvent event) {
        return switch (event) {
            case DeployAllowed it -> answer(it, "Was allowed to deploy %s%s.".formatted(pending(it.asked()),
                    it.override() == null ? "" : " by an override")).id(it.override());
            case DeployBlocked it -> answer(it, "Was not allowed to deploy %s. %s"
                    .formatted(pending(it.asked()), reasons(it.reasons()))).notes(it.reasons().stream()
                            .map(PolicyText::of).toList());
            case DeployDecidedLocally it -> answer(it, "%s deploying %s without the ledger.".formatted(
                    it.allowed() ? "Allowed" : "Blocked", pending(it.asked())));
            case DeployApproved it ->
                by(it.by(), "Approved a deploy%s.".formatted(comment(it.comment()))).id(it.deploy());
            case DeployEnded it -> EventFacts.byTheLedger(it.exitCode() == null
                    ? "Ended a deploy without a report of its command."
                    : "Ended a deploy whose command exited with code %d.".formatted(it.exitCode())).id(it.deploy())
                    .run(it.run())
                    .id(it.run());
            case OverrideOpened it -> by(it.by(), "Opened an override until %s: %s.".formatted(second(it.until()),
                    bare(it.reason()))).id(it.override());
            case OverrideClosed it -> it.by() == null
                    ? EventFacts.byTheLedger("Closed an override because its time is over.").id(it.override())
                    : by(it.by(), "Closed an override%s.".formatted(comment(it.comment()))).id(it.override());
            case OverrideReviewed it -> by(it.by(), "Reviewed an override: %s.".formatted(bare(it.remark())))
                    .id(it.override());
        };
    }

    private static EventFacts answer(DeployAnswered event, String text) {
        Deploy asked = event.asked();
        return EventFacts.of(text, switch (asked.asker()) {
            case PERSON -> new Who.ThePerson(asked.by());
            case PIPELINE -> new Who.ThePipeline(asked.by());
            case AGENT -> new Who.AnAgent(asked.by());
        }).id(event.deploy()).run(asked.run()).id(asked.run()).revisions(asked.pending())
                .source(asked.scripts().source());
    }

    /** What blocks comes first; the page of the environment has all of them. */
    private static String reasons(List<GateReason> reasons) {
        String first = reasons.stream().sorted(Comparator.comparing(GateReason::mode)).limit(EventFacts.NAMED)
                .map(PolicyText::of).collect(Collectors.joining(" "));
        int more = reasons.size() - EventFacts.NAMED;
        return more <= 0 ? first : "%s And %s.".formatted(first, Count.of(more, "more reason"));
    }

    private static String pending(Deploy asked) {
        return names(asked.pending(), "no revision");
    }
}
