package dev.migrationledger.ledger.audit.web;

import dev.migrationledger.contracts.audit.AuditEntry;
import dev.migrationledger.contracts.audit.AuditEvidence;
import dev.migrationledger.contracts.audit.AuditPage.BlindTime;
import dev.migrationledger.contracts.audit.AuditPage.Ended;
import dev.migrationledger.contracts.audit.AuditPage.Range;
import dev.migrationledger.contracts.audit.AuditPage;
import dev.migrationledger.contracts.audit.QueryWarning;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.core.audit.AuditKeys;
import dev.migrationledger.core.query.QueryKey;
import dev.migrationledger.core.query.QueryProblem;
import dev.migrationledger.core.query.SearchQuery.Place;
import dev.migrationledger.core.query.Term;
import dev.migrationledger.ledger.page.EventMark;
import dev.migrationledger.ledger.page.MarkedPart;
import dev.migrationledger.ledger.page.PageAddress;
import dev.migrationledger.ledger.page.PageTime;
import dev.migrationledger.ledger.page.RelativeTime;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The page of the audit.
 *
 * @param query as it was typed
 * @param zone in which its times are
 * @param chosen whether the address names the zone
 * @param parts of the query where it has mistakes
 * @param mistakes sentences
 * @param warnings names that the ledger does not know; parts then shows where they are
 * @param searched whether there is an answer: the query has no mistakes
 * @param live whether new entries appear on it: it begins with the newest
 * @param behind how many positions of the log are not entries yet
 * @param moreBlind ways to more times in which agents could not see
 * @param older address of the next page; empty: everything was searched
 * @param exports of everything that the query finds
 */
record AuditListing(
        String query, String zone, boolean chosen, List<MarkedPart> parts, List<String> mistakes, List<String> warnings,
        boolean searched, boolean live, long behind, List<Line> lines,
        String summary, String complete, List<String> blind, List<Link> moreBlind, String older, String olderText,
        List<Link> exports, List<Link> examples, List<QueryKey> keys) {

    private static final List<String> EXAMPLES = List.of("kind:stamped since:7d", "kind:applied environment:production",
            "kind:deploy at:last-week", "actor-kind:person -kind:policy", "ai:*");

    /** A link with its words. */
    record Link(String words, String address) {}

    /**
     * One entry.
     *
     * @param mark tells kinds apart without their colours
     * @param at when it happened
     * @param precision how well that is known, in words; empty: exactly
     * @param whereAddress empty where it concerns all projects
     * @param statement empty where none was captured
     * @param address of the event with its proof
     */
    record Line(
            long position, EventMark mark, PageTime at, String precision, String where,
            String whereAddress,
            String kind, String text, String actor, String evidence, String statement, List<Link> links,
            List<EntryDetails.Detail> details, String address) {}

    /**
     * The page of an answer.
     *
     * @param found absent where the query has mistakes
     * @param skippedBlind how many times in which agents could not see the pages before showed
     */
    static AuditListing of(AskedQuery asked, @Nullable AuditPage found, @Nullable Long before, int skippedBlind) {
        String query = asked.parsed().text();
        // Without a zone it is ZoneOffset.UTC, whose id is Z.
        boolean chosen = !asked.zone().getId().equals("Z");
        String zone = chosen ? asked.zone().getId() : "UTC";
        String inZone = chosen ? "&zone=" + encoded(zone) : "";
        List<Link> examples = EXAMPLES.stream().map(text -> new Link(text, PageAddress.audit(text) + inZone)).toList();
        List<String> mistakes = asked.parsed().problems().stream().map(QueryProblem::sentence).toList();
        if (found == null) {
            List<Place> places = asked.parsed().problems().stream().map(it -> new Place(it.from(), it.to())).toList();
            return new AuditListing(query, zone, chosen, MarkedPart.of(query, places), mistakes, List.of(), false,
                    false, 0,
                    List.of(),
                    "",
                    "", List.of(), List.of(), "", "", List.of(), examples, AuditKeys.LANGUAGE.keys());
        }
        String parameters = "?q=" + encoded(query) + inZone;
        Long older = found.older();
        List<Place> unknown = found.warnings().stream().map(it -> new Place(it.from(), it.to())).toList();
        return new AuditListing(query, zone, chosen, MarkedPart.of(query, unknown), List.of(),
                found.warnings().stream().map(QueryWarning::sentence).toList(), true, before == null,
                found.completeThrough().behind(),
                found.entries().stream().map(AuditListing::line).toList(),
                summary(found, before) + (hasTimes(asked) ? " Times in the query are in %s.".formatted(zone) : ""),
                complete(found),
                blind(found), moreBlind(found, "/audit" + parameters + (before == null ? "" : "&before=" + before),
                        skippedBlind),
                older == null ? "" : "/audit" + parameters + "&before=" + older,
                found.ended() == Ended.TIME_SPENT ? "Search further back" : "Older entries",
                List.of("csv", "ndjson", "json").stream()
                        .map(format -> new Link(format.toUpperCase(Locale.ROOT),
                                "/api/v1/audit/export" + parameters + "&format=" + format))
                        .toList(),
                examples, AuditKeys.LANGUAGE.keys());
    }

    private static boolean hasTimes(AskedQuery asked) {
        return asked.parsed().query().terms().stream().anyMatch(Term.During.class::isInstance);
    }

    static Line line(AuditEntry entry) {
        AuditEvidence evidence = entry.evidence();
        String statement = evidence == null ? null : evidence.statement();
        return new Line(entry.position(), EventMark.of(entry.kind(), entry.text()),
                PageTime.exactly(entry.occurredAt().at()),
                precision(entry.occurredAt()), entry.where(), whereAddress(entry), entry.kind(), entry.text(),
                entry.actor().words(),
                evidence == null
                        ? ""
                        : AuditKeys.word(evidence.method()) + ", " + AuditKeys.word(evidence.certainty()),
                statement == null ? "" : statement, entry.links().stream()
                        .map(link -> new Link(link.words(), link.address())).toList(),
                EntryDetails.of(entry),
                PageAddress.event(entry.position()));
    }

    private static String precision(Occurrence occurrence) {
        return switch (occurrence.precision()) {
            case EXACT -> "";
            case BETWEEN -> "or earlier, not before " + RelativeTime.absolute(
                    occurrence.notBefore() == null ? occurrence.at() : occurrence.notBefore());
            case NO_LATER_THAN -> "or earlier";
        };
    }

    private static String whereAddress(AuditEntry entry) {
        return entry.project() == null
                ? ""
                : entry.environment() == null
                        ? PageAddress.project(entry.project())
                        : PageAddress.environment(entry.project(), entry.environment());
    }

    private static String summary(AuditPage page, @Nullable Long before) {
        Range searched = page.searched();
        if (searched.last() < searched.first() && page.completeThrough().position() == 0) {
            return "Nothing is recorded yet.";
        }
        String range = "Searched %s to %s (positions %d to %d).".formatted(time(searched.from()), time(searched.to()),
                searched.first(), searched.last());
        String what = page.entries().isEmpty()
                ? page.older() != null
                        ? "Nothing found yet."
                        : page.warnings().isEmpty() ? "Nothing found." : "Nothing found; the query has an unknown name."
                : page.entries().size() == 1
                        ? "1 entry."
                        : "%d entries, the newest first.".formatted(page.entries().size());
        return what + " " + range + (before == null ? "" : " Newer ones are on the pages before.");
    }

    private static String complete(AuditPage page) {
        AuditPage.Through through = page.completeThrough();
        if (through.position() == 0 && through.behind() == 0) {
            return "";
        }
        return through.behind() == 0
                ? "Complete through position %d, recorded %s.".formatted(through.position(),
                        time(through.recordedAt()))
                : "Complete through position %d, recorded %s. The log has %s more; load the page again later."
                        .formatted(through.position(), time(through.recordedAt()),
                                Count.of(through.behind(), "position"));
    }

    private static List<String> blind(AuditPage page) {
        List<String> lines = new ArrayList<>();
        for (BlindTime time : page.blind()) {
            lines.add("%s: %s blind from %s %s: %s.".formatted(time.where(),
                    time.agent() == null ? "every agent was" : "agent %s was".formatted(time.agent()),
                    time(time.from()), time.until() == null ? "until now" : "until " + time(time.until()),
                    time.reason()));
        }
        return lines;
    }

    private static List<Link> moreBlind(AuditPage page, String here, int skipped) {
        List<Link> links = new ArrayList<>();
        if (skipped > 0) {
            links.add(new Link("The latest", here + "#blind"));
        }
        if (page.moreBlind() > 0) {
            links.add(new Link("%,d more".formatted(page.moreBlind()),
                    "%s&blind=%d#blind".formatted(here, skipped + page.blind().size())));
        }
        return links;
    }

    private static String time(@Nullable Instant at) {
        return at == null ? "the beginning" : RelativeTime.absolute(at);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
