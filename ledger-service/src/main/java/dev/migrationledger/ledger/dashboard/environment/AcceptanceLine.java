package dev.migrationledger.ledger.dashboard.environment;

import dev.migrationledger.contracts.policy.Baseline;
import dev.migrationledger.contracts.policy.Baseline.Entry;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.ledger.dashboard.action.AcceptanceActionsController;
import dev.migrationledger.ledger.page.PageTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * A finding that is accepted for a while.
 *
 * @param status in words
 * @param tone {@code good}, {@code bad}, {@code due} or {@code quiet}
 * @param withdrawal where an administrator withdraws it
 */
record AcceptanceLine(String finding, String sentence, PageTime until, String status, String tone,
        String withdrawal) {

    /** Those that need someone come first. */
    static List<AcceptanceLine> of(Baseline baseline, Instant now) {
        return baseline.findings().stream()
                .sorted(Comparator.comparing((Entry it) -> it.status() == Baseline.Status.GONE
                        || it.status() == Baseline.Status.OPEN))
                .map(it -> new AcceptanceLine(
                        Redaction.of(it.code().code() + (it.subject().isEmpty() ? "" : " (" + it.subject() + ")")),
                        Redaction.of("%s accepted it: %s. %s takes care of it.".formatted(it.by(), it.reason(),
                                it.owner())),
                        PageTime.of(it.until(), now), status(it.status()), tone(it.status()),
                        AcceptanceActionsController.withdrawal(baseline.project(), it.id())))
                .toList();
    }

    private static String status(Baseline.Status status) {
        return switch (status) {
            case OPEN -> "found, and accepted";
            case WORSE -> "worse than accepted";
            case ENDED -> "found, and accepted no longer";
            case GONE -> "not found any more";
        };
    }

    private static String tone(Baseline.Status status) {
        return switch (status) {
            case OPEN -> "due";
            case WORSE, ENDED -> "bad";
            case GONE -> "quiet";
        };
    }
}
