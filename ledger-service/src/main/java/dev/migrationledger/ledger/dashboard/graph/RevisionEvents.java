package dev.migrationledger.ledger.dashboard.graph;

import dev.migrationledger.contracts.audit.AuditEntry;
import dev.migrationledger.contracts.audit.AuditEvidence;
import dev.migrationledger.contracts.audit.AuditPage;
import dev.migrationledger.core.audit.AuditKeys;
import dev.migrationledger.core.query.Quoting;
import dev.migrationledger.ledger.page.EventMark;
import dev.migrationledger.ledger.page.PageAddress;
import dev.migrationledger.ledger.page.PageTime;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What happened to a revision in databases, the newest first: entries of the audit.
 *
 * @param all the address of everything that the audit has about it; empty: its id looks like a secret, by which nothing is found
 * @param older the address of what happened before; empty: this is all
 * @param note what the reader has to know of the end of the list; empty: nothing
 */
record RevisionEvents(List<Line> lines, String all, String older, String note) {

    static final int MOST = 20;

    private static final String KINDS = "kind:applied,stamped,reverted,edited";

    RevisionEvents {
        lines = List.copyOf(lines);
    }

    /**
     * An entry.
     *
     * @param where the environment; empty: none
     * @param address of the event with its proof
     */
    record Line(
            EventMark mark, PageTime at, String where, String whereAddress, String text, String actor,
            String evidence, String address) {}

    /** Of a revision whose id is in no address. */
    static final RevisionEvents HIDDEN = new RevisionEvents(List.of(), "", "",
            "The id of this revision looks like a secret, so the audit cannot be searched for it.");

    /** What to ask the audit. */
    static String query(String project, String revision) {
        return "%s %s".formatted(everything(project, revision), KINDS);
    }

    private static String everything(String project, String revision) {
        return "project:%s revision:%s".formatted(Quoting.value(project), Quoting.value(revision));
    }

    static RevisionEvents of(String project, String revision, AuditPage page, Instant now) {
        return new RevisionEvents(page.entries().stream().map(entry -> line(entry, now)).toList(),
                PageAddress.audit(everything(project, revision)),
                page.older() == null ? "" : PageAddress.audit(query(project, revision)),
                page.completeThrough().behind() > 0 ? "The newest events are not in this list yet." : "");
    }

    private static Line line(AuditEntry entry, Instant now) {
        AuditEvidence evidence = entry.evidence();
        String environment = entry.environment();
        return new Line(EventMark.of(entry.kind(), entry.text()), PageTime.of(entry.occurredAt().at(), now),
                Objects.requireNonNullElse(environment, ""),
                environment == null
                        ? ""
                        : PageAddress.environment(Objects.requireNonNull(entry.project()), environment),
                entry.text(), entry.actor().words(),
                evidence == null
                        ? ""
                        : AuditKeys.word(evidence.certainty()) + " (" + AuditKeys.word(evidence.method()) + ")",
                PageAddress.event(entry.position()));
    }
}
