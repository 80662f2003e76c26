package dev.migrationledger.ledger.gate.dryrun;

import dev.migrationledger.contracts.event.GateEvent.Asker;
import dev.migrationledger.contracts.event.GateEvent.Circumstances;
import dev.migrationledger.contracts.gate.DeployRecord;
import dev.migrationledger.contracts.gate.GateAnswer.Decision;
import dev.migrationledger.contracts.gate.GateOverride;
import dev.migrationledger.contracts.gate.PolicyDryRun.Changed;
import dev.migrationledger.contracts.gate.PolicyDryRun.NotJudged;
import dev.migrationledger.contracts.gate.PolicyDryRun.Why;
import dev.migrationledger.contracts.gate.PolicyDryRun;
import dev.migrationledger.contracts.policy.GateReason.DeployRunning;
import dev.migrationledger.contracts.policy.GateReason.Overridden;
import dev.migrationledger.contracts.policy.GateReason;
import dev.migrationledger.contracts.policy.Policy;
import dev.migrationledger.contracts.policy.RuleMode;
import dev.migrationledger.core.policy.DeployRequest;
import dev.migrationledger.core.policy.Judgement;
import dev.migrationledger.core.policy.PolicyJudge;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Judges deploys of the past by another policy, each as things were then. Pure. */
final class PolicyReplay {

    private final Policy policy;
    private final List<GateOverride> overrides;
    private final List<Changed> changed = new ArrayList<>();
    private final List<NotJudged> unknown = new ArrayList<>();
    private int same;
    private int blocked;
    private int allowed;

    private PolicyReplay(Policy policy, List<GateOverride> overrides) {
        this.policy = policy;
        this.overrides = overrides;
    }

    /**
     * Judges.
     *
     * @param from when the oldest may have been decided
     * @param deploys the newest first
     * @param overrides all of the project
     */
    static PolicyDryRun of(
            String project, Policy policy, Instant from, List<DeployRecord> deploys, List<GateOverride> overrides) {
        PolicyReplay replay = new PolicyReplay(policy, overrides);
        deploys.forEach(replay::judge);
        return new PolicyDryRun(project, from, deploys.size(), replay.same, replay.blocked, replay.allowed,
                replay.changed, replay.unknown);
    }

    private void judge(DeployRecord deploy) {
        Circumstances then = deploy.circumstances();
        if (then == null) {
            notJudged(deploy, Why.NO_CIRCUMSTANCES);
            return;
        }
        DeployRequest request = new DeployRequest(deploy.environment(), then.labels(), List.of(),
                deploy.asked().pending(), Objects.requireNonNullElse(then.others(), List.of()), then.watchedAt(),
                deploy.asked().observedAt(), deploy.decidedAt(),
                new DeployRequest.Caller(then.role(), deploy.asked().asker() == Asker.PIPELINE), then.approvals(),
                null);
        if (then.others() == null && asksForOthers(request)) {
            Judgement rest = PolicyJudge.judgeAgain(withoutPromotions(), deploy.reasons(), request);
            // What blocks anyway is blocked, wherever the revisions were applied.
            if (decision(deploy, rest) == Decision.ALLOWED && overrideOf(deploy).isEmpty()) {
                notJudged(deploy, Why.TOO_MANY_ENVIRONMENTS);
            } else {
                compare(deploy, rest);
            }
            return;
        }
        compare(deploy, PolicyJudge.judgeAgain(policy, deploy.reasons(), request));
    }

    private boolean asksForOthers(DeployRequest request) {
        return !request.pending().isEmpty() && policy.promotions().stream()
                .anyMatch(rule -> rule.mode() == RuleMode.ENFORCE
                        && rule.to().selects(request.environment(), request.labels()));
    }

    private Policy withoutPromotions() {
        return new Policy(policy.findings(), List.of(), policy.freshness(), policy.freezes(), policy.pipelines(),
                policy.approvals(), policy.unreachable());
    }

    private void compare(DeployRecord deploy, Judgement judgement) {
        Decision after = decision(deploy, judgement);
        if (after == deploy.decision()) {
            same++;
            return;
        }
        if (after == Decision.BLOCKED) {
            blocked++;
        } else {
            allowed++;
        }
        List<GateReason> reasons = new ArrayList<>(judgement.reasons());
        if (judgement.isBlocked()) {
            overrideOf(deploy).ifPresent(it -> reasons.add(new Overridden(it.override(), it.by(), it.until())));
        }
        changed.add(new Changed(deploy.deploy(), deploy.environment(), deploy.decidedAt(), deploy.asked().by(), after,
                reasons));
    }

    /** A deploy that ran at the same time holds this one up under every policy. */
    private Decision decision(DeployRecord deploy, Judgement judgement) {
        boolean running = deploy.reasons().stream().anyMatch(DeployRunning.class::isInstance);
        return running || (judgement.isBlocked() && overrideOf(deploy).isEmpty()) ? Decision.BLOCKED : Decision.ALLOWED;
    }

    /** The override that was open when a deploy was asked for. */
    private Optional<GateOverride> overrideOf(DeployRecord deploy) {
        Instant at = deploy.decidedAt();
        return overrides.stream().filter(it -> it.environment().equals(deploy.environment()))
                .filter(it -> !at.isBefore(it.openedAt()) && at.isBefore(it.until()))
                .filter(it -> it.closedAt() == null || at.isBefore(it.closedAt()))
                .findFirst();
    }

    private void notJudged(DeployRecord deploy, Why why) {
        unknown.add(new NotJudged(deploy.deploy(), deploy.environment(), deploy.decidedAt(), deploy.asked().by(), why));
    }
}
