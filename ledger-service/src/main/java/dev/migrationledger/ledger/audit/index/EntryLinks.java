package dev.migrationledger.ledger.audit.index;

import dev.migrationledger.contracts.audit.AuditLink.Kind;
import dev.migrationledger.contracts.audit.AuditLink;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.AgentEvent.SchemaObserved;
import dev.migrationledger.contracts.event.GateEvent;
import dev.migrationledger.contracts.event.LedgerEvent.DivergenceEvent;
import dev.migrationledger.contracts.event.MergeEvent;
import dev.migrationledger.contracts.event.PolicyEvent;
import dev.migrationledger.ledger.audit.facts.EventFacts;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where an entry's evidence is. Pure. */
final class EntryLinks {

    private EntryLinks() {}

    /** @param run that the event belongs to */
    static List<AuditLink> of(RecordedEvent recorded, EventFacts facts, @Nullable UUID run) {
        List<AuditLink> links = new ArrayList<>();
        String project = recorded.project();
        String environment = recorded.environment();
        if (project != null) {
            String ofProject = "/projects/" + encoded(project);
            if (!facts.revisions().isEmpty()) {
                links.add(new AuditLink(Kind.REVISION,
                        ofProject + "/revisions/" + encoded(facts.revisions().getFirst())));
            }
            if (environment != null) {
                ofEnvironment(recorded, ofProject + "/environments/" + encoded(environment), links);
            }
            if (recorded.event() instanceof MergeEvent merge) {
                links.add(new AuditLink(Kind.MERGE, ofProject + "/merges/" + merge.merge()));
            }
            if (recorded.event() instanceof PolicyEvent) {
                links.add(new AuditLink(Kind.POLICY, ofProject + "/policy"));
            }
        }
        if (recorded.event() instanceof GateEvent && !facts.ids().isEmpty()) {
            links.add(new AuditLink(Kind.DEPLOY, "/audit?q=" + encoded("id:" + facts.ids().getFirst())));
        }
        if (run != null) {
            links.add(new AuditLink(Kind.RUN, "/audit?q=" + encoded("run:" + run)));
        }
        return links;
    }

    private static void ofEnvironment(RecordedEvent recorded, String address, List<AuditLink> links) {
        Instant known = recorded.recordedAt();
        String then = address + "?knownAt=" + encoded(known.toString());
        if (recorded.event() instanceof SchemaObserved) {
            links.add(new AuditLink(Kind.SCHEMA, then + "#schema"));
        }
        if (recorded.event() instanceof DivergenceEvent finding) {
            links.add(new AuditLink(Kind.FINDING, then + "#" + finding.divergence()));
        }
        links.add(new AuditLink(Kind.ENVIRONMENT, then));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
