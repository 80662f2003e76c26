package dev.migrationledger.ledger.audit.facts;

import static dev.migrationledger.ledger.audit.facts.AgentFacts.names;
import static dev.migrationledger.ledger.audit.facts.EventFacts.by;
import static dev.migrationledger.ledger.audit.facts.EventFacts.byTheLedger;
import static dev.migrationledger.ledger.audit.facts.LedgerFacts.bare;
import static dev.migrationledger.ledger.audit.facts.LedgerFacts.comment;

import dev.migrationledger.contracts.event.MergeEvent.*;
import dev.migrationledger.contracts.event.MergeEvent;
import dev.migrationledger.contracts.merge.MergeContent;
import dev.migrationledger.contracts.merge.MergeWay;
import dev.migrationledger.contracts.text.Count;
import java.util.List;

/** Proposals that bring several heads together. */
final class MergeFacts {

    private MergeFacts() {}

    static EventFacts of(MergeEvent event) {
        EventFacts facts = switch (event) {
            case MergeProposed it -> (it.by() == null
                    ? byTheLedger("Proposed to %s %s.".formatted(way(it.content().way()), heads(it.content())))
                    : by(it.by(), "Proposed to %s %s.".formatted(way(it.content().way()), heads(it.content()))))
                    .revisions(headsOf(it.content()));
            case MergeContentChanged it -> byTheLedger("Noted that the merge of %s has other content: %s.".formatted(
                    heads(it.content()), Count.of(it.differences().size(), "difference")))
                    .revisions(headsOf(it.content()));
            case MergeApproved it -> by(it.by(), "Approved a merge%s.".formatted(comment(it.comment())));
            case MergeAuthorsKnown it -> byTheLedger("Noted who wrote the revisions of a merge.");
            case MergeApprovalCarried it -> byTheLedger("Kept the approval of %s: the changed files do the same."
                    .formatted(it.by())).revisions(it.revisions()).note(it.by());
            case MergeApprovalExpired it -> byTheLedger("Ended the approval of %s: %s.".formatted(it.by(),
                    switch (it.why()) {
                        case CONTENT_CHANGED -> "the content changed";
                        case POLICY_CHANGED -> "the policy changed";
                        case ROLE_WITHDRAWN -> "the role was withdrawn";
                    })).note(it.by());
            case MergeRehearsed it -> by(it.by(), "Rehearsed a merge in %s: it %s.".formatted(
                    Count.of(it.rehearsal().runs().size(), "run"),
                    it.rehearsal().succeeded() ? "succeeded" : "failed")).revisions(it.rehearsal().heads());
            case MergeRejected it -> by(it.by(), "Rejected a merge: %s.".formatted(bare(it.reason())));
            case MergeWithdrawn it -> by(it.by(), "Withdrew a merge: %s.".formatted(bare(it.reason())));
            case MergeWritten it -> byTheLedger("Found the merge %s in the scripts%s.".formatted(it.revision(),
                    it.asProposed() ? "" : ", not as proposed")).revisions(List.of(it.revision()));
            case MergeApplied it -> byTheLedger("Found a merge applied in %s%s.".formatted(it.environment(),
                    it.approved() ? "" : " without approval")).note(it.environment());
            case MergeClosed it -> byTheLedger(it.applied()
                    ? "Closed a merge: every environment has it."
                    : "Closed a merge: its heads are gone.");
        };
        return facts.id(event.merge());
    }

    private static String way(MergeWay way) {
        return switch (way) {
            case MERGE -> "merge";
            case REPARENT -> "re-parent";
        };
    }

    private static String heads(MergeContent content) {
        return names(headsOf(content), "no head");
    }

    private static List<String> headsOf(MergeContent content) {
        return content.sides().stream().map(MergeContent.Side::head).toList();
    }
}
