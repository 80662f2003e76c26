package dev.migrationledger.agent.gate;

import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.contracts.diagnosis.Finding;
import java.util.List;
import java.util.stream.Stream;

/** The answer as GitHub Actions shows it beside a run: one workflow command for each reason. */
final class GithubAnnotations {

    /** GitHub shows ten of a step. */
    private static final int MOST = 10;

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
        return reasons.limit(MOST).map(reason -> "::error title=%s::%s".formatted(title, escaped(Paint.plain(reason))))
                .toList();
    }

    /** A line end would end the command, and what follows could be another one. */
    private static String escaped(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }
}
