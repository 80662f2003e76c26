package dev.migrationledger.ledger.dashboard.environment;

import dev.migrationledger.contracts.gate.DeployRecord;
import dev.migrationledger.contracts.gate.GateAnswer.Decision;
import dev.migrationledger.contracts.policy.GateReason;
import dev.migrationledger.contracts.policy.RuleMode;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.contracts.text.Glyph;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.core.policy.PolicyText;
import dev.migrationledger.ledger.page.PageAddress;
import dev.migrationledger.ledger.page.PageTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * An answer of the gate.
 *
 * @param sign tells the answers apart without their colours
 * @param asked who asked for what
 * @param reasons what there was to say, what blocks first
 * @param more how many reasons are left out
 * @param address of the deploy with all that it would run, and all reasons
 * @param outcome what became of it; empty: it is not known, or did not run
 */
record GateLine(
        String id, String decision, String sign, String tone, PageTime at, String asked, List<Reason> reasons,
        int more, String outcome, String address) {

    private static final int NAMED = 3;
    private static final int REASONS = 6;

    GateLine {
        reasons = List.copyOf(reasons);
    }

    /** @param mode {@code enforce}, {@code warn} or {@code audit} */
    record Reason(String mode, String sentence) {}

    static GateLine of(DeployRecord deploy, Instant now) {
        boolean allowed = deploy.decision() == Decision.ALLOWED;
        boolean overridden = allowed && deploy.override() != null;
        List<GateReason> reasons = deploy.reasons().stream().sorted(Comparator.comparing(GateReason::mode)).toList();
        return new GateLine("deploy-" + deploy.deploy(),
                allowed ? overridden ? "allowed by an override" : "allowed" : "blocked",
                (allowed ? overridden ? Glyph.ATTENTION : Glyph.FINE : Glyph.WRONG).sign(),
                allowed ? overridden ? "due" : "good" : "bad",
                PageTime.of(deploy.decidedAt(), now), Redaction.of(asked(deploy)),
                reasons.stream().limit(REASONS).map(it -> new Reason(mode(it.mode()), Redaction.of(PolicyText.of(it))))
                        .toList(),
                Math.max(0, reasons.size() - REASONS), outcome(deploy),
                PageAddress.of("/deploys", "q", "id:" + deploy.deploy()));
    }

    private static String asked(DeployRecord deploy) {
        List<String> pending = deploy.asked().pending();
        String what = pending.isEmpty()
                ? "no revision"
                : pending.size() <= NAMED
                        ? ListText.and(pending)
                        : Count.of(pending.size(), "revision") + " up to " + pending.getLast();
        return "%s asked to deploy %s%s".formatted(deploy.asked().by(), what,
                deploy.policyAt() == null ? "" : "; its agent decided without the ledger");
    }

    private static String outcome(DeployRecord deploy) {
        Integer code = deploy.exitCode();
        if (deploy.endedAt() == null) {
            return "";
        }
        return code == null
                ? "its end was not reported"
                : code == 0 ? "it succeeded" : "it failed with exit code " + code;
    }

    private static String mode(RuleMode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }
}
