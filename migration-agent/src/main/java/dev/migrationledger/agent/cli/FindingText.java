package dev.migrationledger.agent.cli;

import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.core.rules.RootCause;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Findings for people, the same in every command: two lines each, and where to look. What another finding causes is one line below it.
 *
 * @param screen messages are broken to fit it
 */
public record FindingText(List<RootCause> causes, Paint paint, Screen screen) {

    /** A longer list is not read; JSON has all of it. */
    private static final int MOST = 40;

    private static final String INDENT = "         ";

    public FindingText {
        causes = List.copyOf(causes);
    }

    /** Ungrouped, in the given order, with each message on one line, however long. */
    public FindingText(List<Finding> findings, Paint paint) {
        this(findings.stream().map(finding -> new RootCause(finding, List.of())).toList(), paint, Screen.ENDLESS);
    }

    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (RootCause cause : causes.subList(0, Math.min(MOST, causes.size()))) {
            lines.addAll(lines(cause.finding()));
            if (!cause.consequences().isEmpty()) {
                lines.addAll(screen.wrapped(INDENT, "Consequences: " + cause.consequences().stream()
                        .map(one -> consequence(one, cause.finding()))
                        .distinct()
                        .collect(Collectors.joining(", "))));
            }
        }
        if (causes.size() > MOST) {
            lines.add("… and %d more; --output json shows all".formatted(causes.size() - MOST));
        }
        return lines;
    }

    /** With its severity where that is higher than the one that is shown. */
    private static String consequence(Finding one, Finding cause) {
        return one.code().code() + (one.severity().compareTo(cause.severity()) < 0
                ? " (%s)".formatted(one.severity().name().toLowerCase(Locale.ROOT))
                : "");
    }

    private List<String> lines(Finding finding) {
        String severity = finding.severity().name().toLowerCase(Locale.ROOT);
        String padded = severity + " ".repeat("warning".length() - severity.length());
        List<String> where = finding.evidence().stream()
                .filter(exhibit -> exhibit.what() == Exhibit.What.FILE)
                .map(exhibit -> Paint.plain(place(exhibit)))
                .limit(3)
                .toList();
        String front = "%s  %s".formatted(paint.severity(finding.severity(), padded), finding.code().code());
        String beside = String.join(", ", where);
        int width = INDENT.length() + finding.code().code().length() + 2 + beside.length();
        List<String> lines = new ArrayList<>();
        if (width <= screen.width()) {
            lines.add((front + "  " + beside).stripTrailing());
        } else {
            lines.add(front);
            where.forEach(file -> lines.add(INDENT + file));
        }
        lines.addAll(screen.wrapped(INDENT, Paint.plain(finding.message())));
        finding.evidence().stream().filter(Exhibit::isSentence)
                .forEach(detail -> lines.addAll(screen.wrapped(INDENT, Paint.plain(detail.value()))));
        return lines;
    }

    /** As editors and terminals make a link of it. */
    private static String place(Exhibit file) {
        return file.line() == null ? file.value() : file.value() + ":" + file.line();
    }
}
