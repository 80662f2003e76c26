package dev.migrationledger.ledger.audit.index;

import dev.migrationledger.contracts.audit.AuditEntry;
import dev.migrationledger.contracts.audit.AuditLink.Kind;
import dev.migrationledger.contracts.audit.AuditLink;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.AgentEvent.SchemaObserved;
import dev.migrationledger.contracts.event.GateEvent;
import dev.migrationledger.contracts.event.LedgerEvent.DivergenceEvent;
import dev.migrationledger.contracts.event.LedgerEvent;
import dev.migrationledger.contracts.event.MergeEvent;
import dev.migrationledger.contracts.event.PolicyEvent;
import dev.migrationledger.ledger.audit.facts.EventFacts;
import dev.migrationledger.ledger.page.PageAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where an entry's evidence is. */
final class EntryLinks {

    private EntryLinks() {}

    /** @param run that the event belongs to */
    static List<AuditLink> of(long position, RecordedEvent recorded, EventFacts facts, @Nullable UUID run) {
        List<AuditLink> links = new ArrayList<>();
        String project = recorded.project();
        String environment = recorded.environment();
        if (project != null) {
            List<String> revisions = facts.revisions().stream().distinct().limit(AuditEntry.MOST).toList();
            revisions.forEach(revision -> links.add(new AuditLink(Kind.REVISION,
                    PageAddress.revision(project, revision), revisions.size() == 1 ? null : revision)));
            if (environment != null) {
                ofEnvironment(recorded, project, environment, links);
            }
            if (recorded.event() instanceof MergeEvent merge) {
                links.add(new AuditLink(Kind.MERGE, PageAddress.project(project) + "/merges/" + merge.merge()));
            }
            // The page of the policy has the latest file only.
            if (recorded.event() instanceof PolicyEvent.PolicyApplied) {
                links.add(new AuditLink(Kind.POLICY, PageAddress.event(position) + "#file"));
            } else if (recorded.event() instanceof PolicyEvent) {
                links.add(new AuditLink(Kind.POLICY, PageAddress.project(project) + "/policy"));
            }
        }
        // The page of the environment has the answer with its reasons. What belongs to a deploy or an override is found by its id.
        if (recorded.event() instanceof GateEvent.DeployAnswered answer && project != null && environment != null) {
            links.add(new AuditLink(Kind.DEPLOY, PageAddress.environment(project, environment, null,
                    recorded.recordedAt()) + "#deploy-" + answer.deploy()));
        } else if (recorded.event() instanceof GateEvent && !facts.ids().isEmpty()) {
            links.add(new AuditLink(Kind.DEPLOY, PageAddress.audit("id:" + facts.ids().getFirst())));
        }
        if (run != null) {
            links.add(new AuditLink(Kind.RUN, PageAddress.audit("run:" + run)));
        }
        return links;
    }

    private static void ofEnvironment(
            RecordedEvent recorded, String project, String environment, List<AuditLink> links) {
        String then = PageAddress.environment(project, environment, null, recorded.recordedAt());
        if (recorded.event() instanceof SchemaObserved) {
            Instant at = recorded.occurredAt().at();
            links.add(new AuditLink(Kind.SCHEMA,
                    PageAddress.comparison(project, environment, at.minusMillis(1), environment, at,
                            null)));
        }
        if (recorded.event() instanceof DivergenceEvent finding) {
            // A resolved one is shown as it was before.
            Instant known = finding instanceof LedgerEvent.DivergenceResolved
                    ? recorded.recordedAt().minusMillis(1)
                    : recorded.recordedAt();
            links.add(new AuditLink(Kind.FINDING,
                    PageAddress.environment(project, environment, null, known) + "#" + finding.divergence()));
        }
        links.add(new AuditLink(Kind.ENVIRONMENT, then));
    }
}
