package dev.migrationledger.agent.mcp.tools;

import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong, and how to repair it.
 *
 * @param evidence facts, each in a line
 * @param plan commands and decisions, in their order
 * @param since by the agents' clocks; absent where the ledger has not recorded it
 */
record BriefFinding(
        String code, Severity severity, String message, List<String> evidence, List<Step> plan,
        @Nullable Instant since) {

    /** @param command as it is to be typed; absent: a person decides or does something first */
    record Step(@Nullable String command, String why, String check) {}

    static BriefFinding of(Divergence divergence) {
        return of(divergence.finding(), divergence.firstSeen());
    }

    static BriefFinding of(Finding finding, @Nullable Instant since) {
        return new BriefFinding(finding.code().code(), finding.severity(), finding.message(), evidence(finding),
                finding.plan().stream().map(step -> new Step(step.command(), step.why(), step.check())).toList(),
                since);
    }

    private static List<String> evidence(Finding finding) {
        return finding.evidence().stream().map(BriefFinding::line).toList();
    }

    private static String line(Exhibit exhibit) {
        String what = exhibit.isSentence()
                ? ""
                : exhibit.what().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": ";
        return what + exhibit.value() + (exhibit.line() == null ? "" : ":" + exhibit.line())
                + (exhibit.where() == null ? "" : " in " + exhibit.where());
    }
}
