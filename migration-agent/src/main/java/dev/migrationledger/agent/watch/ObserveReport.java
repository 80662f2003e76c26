package dev.migrationledger.agent.watch;

import dev.migrationledger.agent.inference.round.ScriptsReading;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.core.graph.RevisionGraph;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one round observed, for {@code observe --output json}.
 *
 * @param database without its password
 * @param unknownRows rows that name no revision of the scripts
 * @param events what the round concluded
 * @param ledger where the events went; absent where none was named
 */
record ObserveReport(
        String database,
        Instant observedAt,
        VersionTable versionTable,
        List<String> unknownRows,
        ScriptsSeen scripts,
        List<ReportedEvent> events,
        @Nullable LedgerDelivery ledger) {
    ObserveReport {
        unknownRows = List.copyOf(unknownRows);
        events = List.copyOf(events);
    }

    record ScriptsSeen(String source, int revisions, List<String> heads, List<String> realHeads, int problems) {
        ScriptsSeen {
            heads = List.copyOf(heads);
            realHeads = List.copyOf(realHeads);
        }

        static ScriptsSeen of(ScriptsReading reading) {
            RevisionGraph graph = reading.graph();
            return new ScriptsSeen(
                    reading.history().source(), graph.revisions().size(), graph.heads(), graph.realHeads(),
                    reading.history().problems().size());
        }
    }

    record ReportedEvent(Occurrence occurredAt, AgentEvent event) {}

    /**
     * How far the events were delivered.
     *
     * @param pending how many the ledger does not have yet
     */
    record LedgerDelivery(String url, String agent, long pending) {}
}
