package dev.migrationledger.ledger.dashboard;

import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.text.Redaction;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An open divergence as the page says it.
 *
 * @param tone how its severity is coloured: {@code bad}, {@code due} or {@code quiet}
 * @param since when it was seen first
 */
record Trouble(
        String severity, String tone, String code, String message, Dashboard.Moment since, List<Step> plan) {

    /**
     * One step of its plan.
     *
     * @param command absent where a person has to decide first
     */
    record Step(@Nullable String command, String why, String check) {}

    static Trouble of(Divergence open, Instant now) {
        return new Trouble(
                open.severity().name().toLowerCase(Locale.ROOT),
                tone(open.severity()),
                open.code().code(),
                Redaction.of(open.message()),
                new Dashboard.Moment(Ago.of(open.firstSeen(), now), Ago.absolute(open.firstSeen()), open.firstSeen()),
                open.plan().stream().map(Trouble::step).toList());
    }

    private static Step step(PlanStep step) {
        String command = step.command();
        return new Step(command == null ? null : Redaction.of(command), Redaction.of(step.why()),
                Redaction.of(step.check()));
    }

    private static String tone(Severity severity) {
        return switch (severity) {
            case ERROR -> "bad";
            case WARNING -> "due";
            case INFO -> "quiet";
        };
    }

    /** Such as {@code 2 errors, 1 warning}; empty where there is neither. What is only worth knowing is not counted. */
    static String count(Map<Severity, Integer> open) {
        return Stream.of(count(open, Severity.ERROR, "error"), count(open, Severity.WARNING, "warning"))
                .filter(said -> !said.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String count(Map<Severity, Integer> open, Severity severity, String noun) {
        int count = open.getOrDefault(severity, 0);
        return count == 0 ? "" : "%,d %s%s".formatted(count, noun, count == 1 ? "" : "s");
    }
}
