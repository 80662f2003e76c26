package dev.migrationledger.agent.watch;

import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.watch.ObserveReport.EventSeen;
import dev.migrationledger.agent.watch.ObserveReport.LedgerTold;
import dev.migrationledger.contracts.event.AgentEvent.AgentStarted;
import dev.migrationledger.contracts.event.AgentEvent.AgentStopped;
import dev.migrationledger.contracts.event.AgentEvent.HeadDetected;
import dev.migrationledger.contracts.event.AgentEvent.ScriptsScanned;
import dev.migrationledger.contracts.event.AgentEvent.VersionTableObserved;
import dev.migrationledger.contracts.event.VersionTable;
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
        lines.add("scripts        %s: %d revisions, heads %s".formatted(
                Paint.plain(report.scripts().source()), report.scripts().revisions(),
                Paint.plain(String.join(", ", report.scripts().heads()))));
        report.events().stream().filter(ObserveText::isStep).forEach(event -> lines.add(
                "               " + Paint.plain(FactLine.of(event.event(), event.occurredAt()))));
        LedgerTold ledger = report.ledger();
        if (ledger != null) {
            lines.add("ledger         %s: %s".formatted(
                    ledger.url(),
                    ledger.pending() == 0
                            ? "has all %d events of this round".formatted(report.events().size())
                            : "%d events wait in the spool".formatted(ledger.pending())));
        }
        return lines;
    }

    /** What the other lines do not say already. */
    private static boolean isStep(EventSeen seen) {
        return switch (seen.event()) {
            case AgentStarted _,AgentStopped _,ScriptsScanned _,HeadDetected _,VersionTableObserved _ -> false;
            default -> true;
        };
    }
}
