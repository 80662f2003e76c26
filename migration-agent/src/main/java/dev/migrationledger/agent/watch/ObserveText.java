package dev.migrationledger.agent.watch;

import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.watch.ObserveReport.LedgerDelivery;
import dev.migrationledger.agent.watch.ObserveReport.ReportedEvent;
import dev.migrationledger.contracts.event.AgentEvent.*;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.text.Count;
import java.util.ArrayList;
import java.util.List;

/** One round for people. */
record ObserveText(ObserveReport report, Paint paint) {

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        VersionTable table = report.versionTable();
        lines.add("database       " + Paint.plain(report.database()));
        lines.add("version table  " + Paint.plain(table.name()) + ": " + switch (table.state()) {
            case MISSING -> "missing";
            case EMPTY -> "empty";
            case PRESENT -> paint.strong(Paint.plain(String.join(", ", table.rows())));
        });
        if (!report.unknownRows().isEmpty()) {
            lines.add("               not in the scripts: " + Paint.plain(String.join(", ", report.unknownRows())));
        }
        lines.add("scripts        %s: %s, %s %s".formatted(
                Paint.plain(report.scripts().source()), Count.of(report.scripts().revisions(), "revision"),
                report.scripts().heads().size() == 1 ? "head" : "heads",
                report.scripts().heads().isEmpty()
                        ? "none"
                        : Paint.plain(String.join(", ", report.scripts().heads()))));
        report.events().stream().filter(ObserveText::isStep).forEach(event -> lines.add(
                "               " + Paint.plain(FactLine.of(event.event(), event.occurredAt()))));
        LedgerDelivery ledger = report.ledger();
        if (ledger != null) {
            lines.add("ledger         %s: %s".formatted(
                    ledger.url(),
                    ledger.pending() == 0
                            ? "has recorded this round (%s)".formatted(Count.of(report.events().size(), "event"))
                            : Count.of(ledger.pending(), "event") + " in the spool, not sent"));
        }
        return lines;
    }

    /** What the other lines do not say already. */
    private static boolean isStep(ReportedEvent seen) {
        return switch (seen.event()) {
            // @formatter:off: the formatter knows no list of patterns
            case AgentStarted _, AgentStopped _, ScriptsScanned _, HeadDetected _, VersionTableObserved _ -> false;
            case RevisionApplied _, RevisionReverted _, RevisionStamped _, VersionTableEdited _, SchemaObserved _,
                    RevisionFilesRead _, RevisionAuthorsRead _, ObservationGap _, RunStarted _, RunEnded _ -> true;
            // @formatter:on
        };
    }
}
