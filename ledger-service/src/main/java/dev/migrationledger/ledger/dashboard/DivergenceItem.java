package dev.migrationledger.ledger.dashboard;

import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.text.Glyph;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.core.rules.RootCause;
import dev.migrationledger.ledger.page.PageTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An open divergence as the page says it.
 *
 * @param tone how its severity is coloured: {@code bad}, {@code due} or {@code quiet}
 * @param details of the message, each a sentence
 * @param since when it was seen first
 * @param consequences divergences that end when this one is repaired
 */
public record DivergenceItem(
        UUID id, String severity, String tone, String code, String message, List<String> details, PageTime since,
        List<Step> plan, List<DivergenceItem> consequences) {

    public DivergenceItem {
        details = List.copyOf(details);
        plan = List.copyOf(plan);
        consequences = List.copyOf(consequences);
    }

    /**
     * One step of its plan.
     *
     * @param command absent where a person has to decide first
     */
    public record Step(@Nullable String command, String why, String check, List<String> details) {
        public Step {
            details = List.copyOf(details);
        }
    }

    /** Grouped by root cause, the one to repair first first. */
    public static List<DivergenceItem> of(List<Divergence> open, Instant now) {
        Map<Finding, Divergence> divergences = new LinkedHashMap<>();
        open.forEach(one -> divergences.put(
                new Finding(one.code(), one.severity(), one.subject(), one.message(), one.evidence(), one.plan()),
                one));
        return RootCause.of(List.copyOf(divergences.keySet())).stream()
                .map(cause -> of(Objects.requireNonNull(divergences.get(cause.finding())), now,
                        cause.consequences().stream()
                                .map(it -> of(Objects.requireNonNull(divergences.get(it)), now, List.of()))
                                .toList()))
                .toList();
    }

    /** One character for its severity, beside the word. */
    public String sign() {
        return switch (tone) {
            case "bad" -> Glyph.WRONG.sign();
            case "due" -> Glyph.ATTENTION.sign();
            default -> Glyph.ORDINARY.sign();
        };
    }

    /** Such as {@code behind-head, schema-differs}; a code that is more severe than this one has its severity. */
    public String also() {
        return consequences.stream()
                .map(it -> it.code + (it.tone.equals("bad") && !tone.equals("bad") ? " (error)" : ""))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static DivergenceItem of(Divergence open, Instant now, List<DivergenceItem> consequences) {
        return new DivergenceItem(
                open.id(),
                open.severity().name().toLowerCase(Locale.ROOT),
                tone(open.severity()),
                open.code().code(),
                Redaction.of(open.message()),
                open.evidence().stream().filter(Exhibit::isSentence)
                        .map(exhibit -> Redaction.of(exhibit.value())).toList(),
                PageTime.of(open.firstSeen(), now),
                open.plan().stream().map(DivergenceItem::step).toList(),
                consequences);
    }

    private static Step step(PlanStep step) {
        String command = step.command();
        return new Step(command == null ? null : Redaction.of(command), Redaction.of(step.why()),
                Redaction.of(step.check()), step.details().stream().map(Redaction::of).toList());
    }

    private static String tone(Severity severity) {
        return switch (severity) {
            case ERROR -> "bad";
            case WARNING -> "due";
            case INFO -> "quiet";
        };
    }

    /** Such as {@code 2 errors, 1 warning}; empty where there is neither. What is only worth knowing is not counted. */
    public static String count(Map<Severity, Integer> open) {
        return Stream.of(count(open, Severity.ERROR, "error"), count(open, Severity.WARNING, "warning"))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String count(Map<Severity, Integer> open, Severity severity, String noun) {
        int count = open.getOrDefault(severity, 0);
        return count == 0 ? "" : "%,d %s%s".formatted(count, noun, count == 1 ? "" : "s");
    }
}
