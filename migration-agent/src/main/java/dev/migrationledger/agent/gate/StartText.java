package dev.migrationledger.agent.gate;

import dev.migrationledger.agent.cli.FindingText;
import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.cli.PlanText;
import dev.migrationledger.agent.cli.Screen;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.core.rules.RootCause;
import java.util.ArrayList;
import java.util.List;

/** The answer for people: may it start, why not, what to do, and where things are. */
record StartText(StartReport report, Paint paint, Screen screen) {

    private static final int MOST_NAMED = 4;

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        screen.wrapped("", Paint.plain(report.summary())).forEach(line -> lines.add(decision(line)));
        if (report.unknown() != null) {
            lines.addAll(screen.wrapped("  ", Paint.plain(report.unknown())));
        }
        if (!report.assumed().isEmpty()) {
            lines.addAll(screen.wrapped("  ",
                    Paint.plain("Assumed to be applied, because no script has that row: %s."
                            .formatted(ListText.and(report.assumed(), MOST_NAMED)))));
        }
        add(lines, new FindingText(report.findings().stream().map(it -> new RootCause(it, List.of())).toList(), paint,
                screen).lines());
        List<PlanStep> steps = report.findings().stream().map(Finding::plan).flatMap(List::stream).distinct().toList();
        add(lines, new PlanText("Next", steps, paint, screen).lines());
        add(lines, facts());
        return lines;
    }

    private String decision(String line) {
        return switch (report.decision()) {
            case ALLOWED -> paint.good(line);
            case BLOCKED -> paint.severity(Severity.ERROR, line);
            case UNKNOWN -> paint.severity(Severity.WARNING, line);
        };
    }

    private List<String> facts() {
        List<String> lines = new ArrayList<>();
        lines.add("database  " + Paint.plain(report.database()));
        List<String> heads = report.scripts().heads();
        lines.add("scripts   " + Paint.plain("%s: %s, %s".formatted(report.scripts().source(),
                Count.of(report.scripts().revisions(), "revision"),
                heads.isEmpty()
                        ? "no head"
                        : "%s %s".formatted(heads.size() == 1 ? "head" : "heads",
                                ListText.and(heads, MOST_NAMED)))));
        VersionTable table = report.versionTable();
        if (table != null) {
            lines.add("stamped   " + Paint.plain("%s  in %s".formatted(
                    table.rows().isEmpty() ? "nothing" : ListText.and(table.rows(), MOST_NAMED), table.name())));
        }
        if (!report.needed().isEmpty() && !report.needed().equals(heads)) {
            lines.add("needed    " + Paint.plain(ListText.and(report.needed(), MOST_NAMED)));
        }
        return lines;
    }

    private static void add(List<String> lines, List<String> block) {
        if (!block.isEmpty()) {
            lines.add("");
            lines.addAll(block);
        }
    }
}
