package dev.migrationledger.agent.gate;

import dev.migrationledger.agent.cli.FindingText;
import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.cli.PlanText;
import dev.migrationledger.agent.cli.Screen;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.core.rules.RootCause;
import java.util.List;

/** The answer for people: may it start, why not, what to do, and where things are. */
record StartText(StartReport report, Paint paint, Screen screen) {

    List<String> lines() {
        List<String> lines = new GateLines(paint, screen).answer(report.decision(), report.summary(), report.unknown());
        if (!report.assumed().isEmpty()) {
            lines.addAll(screen.wrapped("  ",
                    Paint.plain("Assumed to be applied, because no script has that row: %s."
                            .formatted(ListText.and(report.assumed(), GateLines.MOST_NAMED)))));
        }
        GateLines.add(lines,
                new FindingText(report.findings().stream().map(it -> new RootCause(it, List.of())).toList(), paint,
                        screen).lines());
        List<PlanStep> steps = report.findings().stream().map(Finding::plan).flatMap(List::stream).distinct().toList();
        GateLines.add(lines, new PlanText("Next", steps, paint, screen).lines());
        GateLines.add(lines, facts());
        return lines;
    }

    private List<String> facts() {
        List<String> lines = GateLines.facts(report.database(), report.scripts(), report.versionTable());
        if (!report.needed().isEmpty() && !report.needed().equals(report.scripts().heads())) {
            lines.add("needed    " + Paint.plain(ListText.and(report.needed(), GateLines.MOST_NAMED)));
        }
        return lines;
    }
}
