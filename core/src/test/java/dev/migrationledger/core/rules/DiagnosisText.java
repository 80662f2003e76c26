package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import dev.migrationledger.core.position.PhysicalState;
import dev.migrationledger.core.situation.MessageText;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A diagnosis as the cases keep it. */
final class DiagnosisText {

    private DiagnosisText() {}

    static String diagnosis(Diagnosis diagnosis) {
        StringBuilder text = new StringBuilder();
        PhysicalState physical = diagnosis.physical();
        text.append("physical: ")
                .append(physical == null
                        ? "not seen"
                        : physical.candidates().isEmpty()
                                ? "none; nearest " + MessageText.sets(physical.nearest(), physical.complete())
                                : MessageText.sets(physical.candidates(), physical.complete()))
                .append("\n\n");
        diagnosis.findings().forEach(finding -> text.append(finding(finding)).append('\n'));
        text.append("plan\n").append(steps(diagnosis.plan(), true));
        return text.toString();
    }

    private static String finding(Finding finding) {
        return "%s %s%s\n  %s\n%s%s".formatted(finding.severity().name().toLowerCase(Locale.ROOT),
                finding.code().code(),
                finding.subject().isEmpty() ? "" : " (" + finding.subject() + ")", finding.message(),
                details(finding) + evidence(finding),
                steps(finding.plan(), false));
    }

    private static String details(Finding finding) {
        return finding.evidence().stream().filter(Exhibit::isSentence)
                .map(exhibit -> "  | " + exhibit.value() + "\n").collect(Collectors.joining());
    }

    private static String evidence(Finding finding) {
        return finding.evidence().stream().filter(exhibit -> !exhibit.isSentence())
                .map(DiagnosisText::exhibit)
                .reduce((one, other) -> one + ", " + other).map(all -> "  evidence: " + all + "\n").orElse("");
    }

    private static String exhibit(Exhibit exhibit) {
        return exhibit.what().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                + (exhibit.where() == null ? "" : " of " + exhibit.where()) + " " + exhibit.value()
                + (exhibit.line() == null ? "" : ":" + exhibit.line());
    }

    private static String steps(List<PlanStep> steps, boolean whole) {
        return steps.stream()
                .map(step -> "  %s\n".formatted(step.command() == null ? "STOP" : "$ " + step.command())
                        + (whole
                                ? "    %s\n%s    => %s\n".formatted(step.why(), step.details().stream()
                                        .map(detail -> "    - " + detail + "\n").collect(Collectors.joining()),
                                        step.check())
                                : ""))
                .collect(Collectors.joining());
    }
}
