package dev.migrationledger.agent.gate;

import dev.migrationledger.agent.cli.GithubCommands;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.policy.RuleMode;
import java.util.List;
import java.util.stream.Stream;

/** The answer as GitHub Actions shows it beside a run: one workflow command for each reason. */
final class GithubAnnotations {

    private GithubAnnotations() {}

    static List<String> of(StartReport report) {
        Stream<String> reasons = report.unknown() == null
                ? report.findings().stream().map(Finding::message)
                : Stream.of(report.unknown());
        String title = switch (report.decision()) {
            case ALLOWED -> "Start allowed";
            case BLOCKED -> "Start blocked";
            case UNKNOWN -> "Start not allowed";
        };
        return GithubCommands.of("error", title, reasons);
    }

    /** What blocks is an error, what warns a warning. */
    static List<String> of(DeployReport report) {
        String unknown = report.unknown();
        if (unknown != null) {
            return GithubCommands.of("error", "Deploy not allowed", Stream.of(unknown));
        }
        String title = report.decision() == GateDecision.BLOCKED ? "Deploy blocked" : "Deploy allowed";
        return Stream.concat(
                GithubCommands.of(report.decision() == GateDecision.BLOCKED ? "error" : "warning", title,
                        messages(report, RuleMode.ENFORCE))
                        .stream(),
                GithubCommands.of("warning", title, messages(report, RuleMode.WARN)).stream()).toList();
    }

    private static Stream<String> messages(DeployReport report, RuleMode mode) {
        return report.reasons().stream().filter(reason -> reason.mode() == mode).map(reason -> {
            Finding finding = report.finding(reason);
            return finding == null ? reason.message() : finding.message();
        });
    }
}
