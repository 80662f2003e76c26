package dev.migrationledger.agent.cli;

import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Findings for people, the same in every command: two lines each, and where to look.
 *
 * @param screen messages are broken to fit it
 */
public record FindingText(List<Finding> findings, Paint paint, Screen screen) {

    /** A longer list is not read; JSON has all of it. */
    private static final int MOST = 40;

    private static final String INDENT = "         ";

    public FindingText {
        findings = List.copyOf(findings);
    }

    /** With each message on one line, however long. */
    public FindingText(List<Finding> findings, Paint paint) {
        this(findings, paint, Screen.ENDLESS);
    }

    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Finding finding : findings.subList(0, Math.min(MOST, findings.size()))) {
            lines.addAll(lines(finding));
        }
        if (findings.size() > MOST) {
            lines.add("… and %d more problems; --output json has them all".formatted(findings.size() - MOST));
        }
        return lines;
    }

    private List<String> lines(Finding finding) {
        String severity = finding.severity().name().toLowerCase(Locale.ROOT);
        String padded = severity + " ".repeat("warning".length() - severity.length());
        List<String> where = finding.evidence().stream()
                .filter(exhibit -> exhibit.what().equals("file"))
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
        finding.evidence().stream().filter(exhibit -> exhibit.what().equals("detail"))
                .forEach(detail -> lines.addAll(screen.wrapped(INDENT, Paint.plain(detail.value()))));
        return lines;
    }

    /** As editors and terminals make a link of it. */
    private static String place(Exhibit file) {
        return file.line() == null ? file.value() : file.value() + ":" + file.line();
    }
}
