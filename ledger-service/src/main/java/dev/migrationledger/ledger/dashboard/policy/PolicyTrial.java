package dev.migrationledger.ledger.dashboard.policy;

import dev.migrationledger.contracts.gate.GateAnswer.Decision;
import dev.migrationledger.contracts.gate.PolicyDryRun.Changed;
import dev.migrationledger.contracts.gate.PolicyDryRun.NotJudged;
import dev.migrationledger.contracts.gate.PolicyDryRun;
import dev.migrationledger.contracts.policy.GateReason;
import dev.migrationledger.contracts.policy.PolicyPlace;
import dev.migrationledger.contracts.text.Glyph;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.core.policy.DryRunSentence;
import dev.migrationledger.core.policy.PolicyText;
import dev.migrationledger.ledger.dashboard.ListPart;
import dev.migrationledger.ledger.page.PageAddress;
import dev.migrationledger.ledger.page.PageTime;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What deploys of the last days would have got under another file, in words.
 *
 * @param sentence how many would have got what
 * @param file that was tried
 * @param days back
 * @param deploys those that would have got another answer, and those where it is not known; next and first are how many are skipped
 */
record PolicyTrial(String sentence, String file, String days, ListPart<Deploy> deploys) {

    private static final int MOST = 50;

    /**
     * A deploy.
     *
     * @param tone {@code good}, {@code bad} or {@code quiet}
     * @param answer that it would have got
     */
    record Deploy(
            String key, String environment, String address, PageTime at, String by, String tone, String answer,
            List<String> reasons) {
        Deploy {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * A part of the trial.
     *
     * @param run with every deploy that changes
     * @param file as it was typed
     * @param skipped how many deploys the pages before showed
     */
    static PolicyTrial of(PolicyDryRun run, String file, String days, int skipped, Instant now) {
        List<Supplier<Deploy>> all = Stream.concat(
                run.changed().stream().<Supplier<Deploy>>map(it -> () -> changed(run.project(), it, now)),
                run.unknown().stream().<Supplier<Deploy>>map(it -> () -> unknown(run.project(), it, now))).toList();
        return new PolicyTrial(DryRunSentence.of(run), file, days,
                ListPart.of(all, skipped, MOST, Integer::toString).map(Supplier::get));
    }

    private static Deploy changed(String project, Changed it, Instant now) {
        boolean blocked = it.decision() == Decision.BLOCKED;
        return new Deploy(it.deploy().toString(), it.environment(), PageAddress.environment(project, it.environment()),
                PageTime.of(it.decidedAt(), now), Redaction.of(it.by()), blocked ? "bad" : "good",
                blocked ? Glyph.WRONG.with("blocked") : Glyph.FINE.with("allowed"), why(it));
    }

    private static List<String> why(Changed it) {
        List<String> reasons = it.deciding().stream().map(PolicyTrial::words).toList();
        return reasons.isEmpty() ? List.of("Nothing blocks it.") : reasons;
    }

    private static String words(GateReason reason) {
        PolicyPlace place = reason.place();
        return Redaction.of((place == null ? "" : place.words() + ": ") + PolicyText.of(reason));
    }

    private static Deploy unknown(String project, NotJudged it, Instant now) {
        return new Deploy(it.deploy().toString(), it.environment(), PageAddress.environment(project, it.environment()),
                PageTime.of(it.decidedAt(), now), Redaction.of(it.by()), "quiet", "not known",
                List.of(PolicyText.of(it.why())));
    }
}
