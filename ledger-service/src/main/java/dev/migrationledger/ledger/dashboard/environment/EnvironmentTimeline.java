package dev.migrationledger.ledger.dashboard.environment;

import dev.migrationledger.contracts.audit.AuditEntry;
import dev.migrationledger.contracts.audit.AuditEvidence;
import dev.migrationledger.contracts.audit.AuditLink;
import dev.migrationledger.contracts.audit.AuditPage;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.core.audit.AuditKeys;
import dev.migrationledger.ledger.page.EventMark;
import dev.migrationledger.ledger.page.PageAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What happened to an environment, the newest first: entries of the audit, those of one run together.
 *
 * @param older the address of what happened before; empty: nothing did
 * @param newest the address of the newest; empty: these are the newest
 * @param note what the reader has to know of the end of the list; empty: nothing
 * @param behind how many positions of the log are not in it yet
 */
record EnvironmentTimeline(List<Group> groups, String older, String newest, String note, long behind) {

    static final int PAGE = 40;

    /** Of one entry; its own page has all. */
    private static final int MOST_LINKS = 6;

    private static final int RUN_SHOWN = 8;

    EnvironmentTimeline {
        groups = List.copyOf(groups);
    }

    /**
     * Successive entries of one run, or one entry.
     *
     * @param run in words; empty: no run
     * @param address of everything that belongs to the run
     */
    record Group(String run, String address, List<Line> lines) {
        Group {
            lines = List.copyOf(lines);
        }
    }

    /**
     * An entry.
     *
     * @param sign tells kinds apart without their colours
     * @param evidence how the agent knows; empty where nothing had to be concluded
     * @param statement empty where none was captured
     */
    record Line(
            long position, When when, String sign, String tone, String text, String actor, String evidence,
            String statement, List<Link> links) {
        Line {
            links = List.copyOf(links);
        }
    }

    /** Where to read on. */
    record Link(String words, String address) {}

    /** What to ask the audit for the timeline up to a moment. */
    static String query(String project, String environment, ChosenMoment moment) {
        return "project:%s environment:%s/%s%s%s".formatted(project, project, environment,
                moment.at() == null ? "" : " until:" + moment.at(),
                moment.knownAt() == null ? "" : " recorded:<=" + moment.knownAt());
    }

    /** @param before the cursor of this page; absent: it is the first */
    static EnvironmentTimeline of(
            String project, String environment, ChosenMoment moment, AuditPage page, @Nullable Long before,
            Instant now) {
        String here = PageAddress.environment(project, environment, moment.at(), moment.knownAt());
        Long older = page.older();
        return new EnvironmentTimeline(groups(page.entries(), now),
                older == null ? "" : here + (moment.isNow() ? "?" : "&") + "before=" + older + "#timeline",
                before == null ? "" : here + "#timeline", note(page), page.completeThrough().behind());
    }

    private static String note(AuditPage page) {
        long behind = page.completeThrough().behind();
        if (behind > 0) {
            return "The newest %s of the ledger %s not in this list yet.".formatted(Count.of(behind, "event"),
                    behind == 1 ? "is" : "are");
        }
        return page.entries().isEmpty()
                ? page.older() == null ? "Nothing happened until then." : "Nothing found yet; go on with older events."
                : "";
    }

    private static List<Group> groups(List<AuditEntry> entries, Instant now) {
        List<Group> groups = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            AuditEntry entry = entries.get(i);
            lines.add(line(entry, now));
            UUID run = entry.run();
            boolean goesOn = run != null && i + 1 < entries.size() && Objects.equals(run, entries.get(i + 1).run());
            if (!goesOn) {
                groups.add(run == null
                        ? new Group("", "", lines)
                        : new Group("run " + run.toString().substring(0, RUN_SHOWN), PageAddress.audit("run:" + run),
                                lines));
                lines = new ArrayList<>();
            }
        }
        return groups;
    }

    private static Line line(AuditEntry entry, Instant now) {
        AuditEvidence evidence = entry.evidence();
        String statement = evidence == null ? null : evidence.statement();
        EventMark mark = EventMark.of(entry.kind(), entry.text());
        return new Line(entry.position(), When.of(entry.occurredAt(), now), mark.sign(), mark.tone(), entry.text(),
                entry.actor().words(),
                evidence == null
                        ? ""
                        : AuditKeys.word(evidence.method()) + ", " + AuditKeys.word(evidence.certainty()),
                Objects.requireNonNullElse(statement, ""),
                // The heading of a run has its link.
                links(entry.position(),
                        entry.links().stream().filter(link -> link.kind() != AuditLink.Kind.RUN).toList()));
    }

    private static List<Link> links(long position, List<AuditLink> all) {
        List<Link> links = new ArrayList<>(all.stream().limit(MOST_LINKS)
                .map(link -> new Link(words(link), link.address())).toList());
        if (all.size() > MOST_LINKS) {
            links.add(new Link("%d more".formatted(all.size() - MOST_LINKS), PageAddress.event(position)));
        }
        return links;
    }

    /** On the page of an environment, a link to the environment is one to an earlier state. */
    private static String words(AuditLink link) {
        return link.kind() == AuditLink.Kind.ENVIRONMENT ? "state then" : link.words();
    }
}
