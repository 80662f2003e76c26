package dev.migrationledger.agent.audit;

import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.cli.Screen;
import dev.migrationledger.contracts.audit.AuditEntry;
import dev.migrationledger.contracts.audit.AuditEvidence;
import dev.migrationledger.contracts.audit.AuditPage.BlindTime;
import dev.migrationledger.contracts.audit.AuditPage;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.envelope.RecordedEvent.Origin;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.core.audit.AuditKeys;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Entries for people: when and where, what, who, and how it is known.
 *
 * @param all whether everything else of an entry is shown, too
 */
record AuditText(AuditPage page, ZoneId zone, Paint paint, Screen screen, boolean all) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    private static final String INDENT = "  ";
    private static final int LONGEST_STATEMENT = 160;

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        page.entries().forEach(entry -> entry(entry, lines));
        summary(lines);
        return lines;
    }

    private void entry(AuditEntry entry, List<String> lines) {
        lines.add("%s  %s  %s".formatted(paint.strong(time(entry.occurredAt())), plain(entry.where()),
                paint.faint("#" + entry.position())));
        lines.addAll(screen.wrapped(INDENT, plain(entry.text())));
        AuditEvidence evidence = entry.evidence();
        String known = evidence == null
                ? ""
                : " (%s, %s)".formatted(AuditKeys.word(evidence.method()), AuditKeys.word(evidence.certainty()));
        lines.addAll(screen.wrapped(INDENT, "by " + plain(entry.actor().words()) + known));
        if (evidence != null && evidence.statement() != null) {
            String statement = plain(evidence.statement().strip().replaceAll("\\s+", " "));
            lines.add(INDENT + paint.faint(statement.length() <= LONGEST_STATEMENT
                    ? statement
                    : statement.substring(0, LONGEST_STATEMENT) + "…"));
        }
        if (all) {
            details(entry, lines);
        }
        lines.add("");
    }

    private void details(AuditEntry entry, List<String> lines) {
        detail("Kind", entry.kind(), lines);
        detail("Recorded", time(entry.recordedAt()), lines);
        Origin origin = entry.origin();
        if (origin != null) {
            detail("Reported by", "agent %s, observed %s".formatted(origin.agent(), time(origin.observedAt())), lines);
        }
        detail("Labels", new TreeMap<>(entry.labels()).entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue()).collect(Collectors.joining(", ")), lines);
        detail("Revisions", String.join(", ", entry.revisions()), lines);
        AuditEvidence evidence = entry.evidence();
        if (evidence != null) {
            detail("Objects", String.join(", ", evidence.objects()), lines);
        }
        detail("Run", entry.run() == null ? "" : entry.run().toString(), lines);
        // Not wrapped: someone copies them.
        entry.links().forEach(link -> lines.add(INDENT + paint.faint(plain("%s: %s".formatted(link.words(),
                link.address())))));
        lines.add(INDENT + paint.faint("event: /events/" + entry.position()));
    }

    private void detail(String name, String value, List<String> lines) {
        if (!value.isEmpty()) {
            lines.addAll(screen.wrapped(INDENT, "%s: %s".formatted(name, plain(value))));
        }
    }

    private void summary(List<String> lines) {
        AuditPage.Range searched = page.searched();
        lines.add("%s. Searched %s to %s (positions %d to %d).".formatted(
                page.entries().isEmpty()
                        ? page.warnings().isEmpty() ? "Nothing found" : "Nothing found; the query has an unknown name"
                        : found(page.entries().size()),
                time(searched.from()), time(searched.to()), searched.first(), searched.last()));
        Long older = page.older();
        if (older != null) {
            lines.add("There may be more: add --before %d.".formatted(older));
        }
        AuditPage.Through through = page.completeThrough();
        lines.add(through.behind() == 0
                ? "Complete through position %d (%s).".formatted(through.position(), time(through.recordedAt()))
                : "Complete through position %d (%s); the audit is %s behind. Ask again later.".formatted(
                        through.position(), time(through.recordedAt()), Count.of(through.behind(), "position")));
        page.blind().forEach(time -> lines.addAll(screen.wrapped("", blind(time))));
        if (page.moreBlind() > 0) {
            lines.add("Agents were blind %s more.".formatted(Count.of(page.moreBlind(), "time")));
        }
    }

    private static String found(int entries) {
        return entries == 1 ? "1 entry" : entries + " entries";
    }

    private String blind(BlindTime time) {
        return "Blind: %s%s from %s %s: %s.".formatted(plain(time.where()),
                time.agent() == null ? "" : " (agent %s)".formatted(plain(time.agent())), time(time.from()),
                time.until() == null ? "until now" : "until " + time(time.until()), plain(time.reason()));
    }

    private String time(Occurrence occurrence) {
        return switch (occurrence.precision()) {
            case EXACT -> time(occurrence.at());
            case BETWEEN -> "%s to %s".formatted(time(occurrence.notBefore()), time(occurrence.at()));
            case NO_LATER_THAN -> "by %s".formatted(time(occurrence.at()));
        };
    }

    private String time(@Nullable Instant instant) {
        return instant == null ? "the beginning" : TIME.format(instant.atZone(zone));
    }

    private static String plain(String text) {
        return Paint.plain(text);
    }
}
