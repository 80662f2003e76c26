package dev.migrationledger.agent.gate;

import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.core.gate.StartAnswer;
import dev.migrationledger.core.gate.StartOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code gate --start}, as {@code --output json} prints it. docs/gate.md describes it.
 *
 * @param outcome why; absent where the gate could not tell
 * @param summary one line for people
 * @param database without its password
 * @param versionTable absent where it was not or could not be read
 * @param needed ids that have to be applied
 * @param pending ids that have still to run, in their order
 * @param ahead rows that no script has
 * @param assumed needed ids that only a row of {@code ahead} can imply, which a person allowed
 * @param unknown why the gate could not tell; absent where it could
 */
record StartReport(
        GateDecision decision,
        @Nullable StartOutcome outcome,
        String summary,
        String database,
        GateScripts scripts,
        @Nullable VersionTable versionTable,
        List<String> needed,
        List<String> pending,
        List<String> ahead,
        List<String> assumed,
        List<Finding> findings,
        @Nullable String unknown) {

    private static final int MOST_NAMED = 3;

    static StartReport of(StartResult result, String database, GateScripts scripts) {
        return switch (result) {
            case StartResult.Judged(VersionTable table, StartAnswer answer) -> new StartReport(
                    answer.isAllowed() ? GateDecision.ALLOWED : GateDecision.BLOCKED, answer.outcome(),
                    summary(table == null ? List.of() : table.rows(), answer),
                    database, scripts, table, answer.needed(), answer.pending(), answer.ahead(), answer.assumed(),
                    answer.findings(), null);
            case StartResult.Unknown(String reason, _) -> new StartReport(GateDecision.UNKNOWN, null,
                    "could not tell: not allowed to start", database, scripts, null, List.of(), List.of(), List.of(),
                    List.of(), List.of(), reason);
        };
    }

    private static String summary(List<String> rows, StartAnswer answer) {
        return switch (answer.outcome()) {
            case ALLOWED -> answer.ahead().isEmpty()
                    ? "allowed: at %s, and all that the code needs is applied"
                            .formatted(ListText.with(rows, MOST_NAMED))
                    : "allowed: at %s, which --allow-ahead names"
                            .formatted(ListText.with(answer.ahead(), MOST_NAMED));
            case BEHIND -> "BLOCKED: the database is behind the code: %s to run"
                    .formatted(Count.of(answer.pending().size(), "revision"));
            case NOT_MIGRATED -> "BLOCKED: the database was never migrated";
            case AHEAD -> "BLOCKED: the database is ahead of the code";
            case ROWS_INVALID -> "BLOCKED: the version table is damaged";
            case SCRIPTS_INVALID -> "BLOCKED: the scripts have errors, so what the code needs is not known";
        };
    }
}
