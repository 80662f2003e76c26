package dev.migrationledger.ledger.audit.web;

import dev.migrationledger.contracts.audit.AuditEntry;
import dev.migrationledger.contracts.audit.AuditEvidence;
import dev.migrationledger.contracts.envelope.RecordedEvent.Origin;
import dev.migrationledger.core.audit.AuditKeys;
import dev.migrationledger.ledger.page.RelativeTime;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What an entry has beside its sentence, in the order in which it is shown. What it lacks is left out. */
final class EntryDetails {

    private EntryDetails() {}

    /** Such as {@code Recorded} and a time. */
    record Detail(String name, String value) {}

    static List<Detail> of(AuditEntry entry) {
        List<Detail> details = new ArrayList<>();
        details.add(new Detail("Recorded", RelativeTime.absolute(entry.recordedAt())));
        details.add(new Detail("Actor", AuditKeys.word(entry.actor().kind()).replace('-', ' ')));
        Origin origin = entry.origin();
        if (origin != null) {
            details.add(new Detail("Reported by", "agent %s, observed %s".formatted(origin.agent(),
                    RelativeTime.absolute(origin.observedAt()))));
        }
        if (!entry.labels().isEmpty()) {
            details.add(new Detail("Labels", new TreeMap<>(entry.labels()).entrySet().stream()
                    .map(label -> label.getKey() + "=" + label.getValue()).collect(Collectors.joining(", "))));
        }
        if (!entry.revisions().isEmpty()) {
            // The event has all of them.
            details.add(new Detail("Revisions", String.join(", ", entry.revisions())
                    + (entry.revisions().size() == AuditEntry.MOST ? ", …" : "")));
        }
        AuditEvidence evidence = entry.evidence();
        if (evidence != null && !evidence.objects().isEmpty()) {
            details.add(new Detail("Objects", String.join(", ", evidence.objects())
                    + (evidence.moreObjects() > 0 ? " and %d more".formatted(evidence.moreObjects()) : "")));
        }
        if (entry.run() != null) {
            details.add(new Detail("Run", entry.run().toString()));
        }
        details.add(new Detail("Event", entry.event().toString()));
        return details;
    }
}
