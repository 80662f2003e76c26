package dev.migrationledger.ledger.gate;

import dev.migrationledger.contracts.envelope.EventIds;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.GateEvent;
import dev.migrationledger.contracts.event.GateEvent.*;
import dev.migrationledger.contracts.policy.GateReason;
import dev.migrationledger.contracts.policy.GateReason.DeployRunning;
import dev.migrationledger.contracts.policy.GateReason.Overridden;
import dev.migrationledger.contracts.policy.RuleMode;
import dev.migrationledger.core.policy.DeployRequest;
import dev.migrationledger.core.policy.PolicyJudge;
import dev.migrationledger.ledger.gate.DeployCommand.*;
import dev.migrationledger.ledger.gate.DeployResult.*;
import dev.migrationledger.ledger.gate.DeploysState.Running;
import dev.migrationledger.ledger.identity.Caller;
import dev.migrationledger.ledger.recording.stream.Decider;
import dev.migrationledger.ledger.recording.stream.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

/** What may be recorded about the deploys of one environment. Pure: time and chance come with the command. */
final class DeployDecisions {

    static final Decider<DeployCommand, DeploysState, DeployResult> DECIDER = Decider.of(DeploysState.DEFINITION,
            DeployDecisions::decide);

    /** The same answers, of which nothing is recorded. */
    static final Decider<DeployCommand, DeploysState, DeployResult> PREVIEW = Decider.of(DeploysState.DEFINITION,
            (state, command) -> new Decision<>(decide(state, command).result(), List.of()));

    /** How long an answer holds. */
    static final Duration ANSWER = Duration.ofMinutes(15);

    /** A run that was not heard of for so long was killed. */
    static final Duration LEASE = Duration.ofSeconds(60);

    private final DeployCommand command;
    private final SplittableRandom random;
    private final List<RecordedEvent> events = new ArrayList<>();
    private DeploysState state;

    private DeployDecisions(DeploysState state, DeployCommand command) {
        this.state = state;
        this.command = command;
        this.random = new SplittableRandom(command.chance());
    }

    static Decision<DeployResult> decide(DeploysState state, DeployCommand command) {
        DeployDecisions decisions = new DeployDecisions(state, command);
        decisions.closeByTime();
        DeployResult result = switch (command) {
            case Ask ask -> decisions.ask(ask);
            case Report report -> decisions.report(report);
            case Approve approve -> decisions.approve(approve);
            case End end -> decisions.end(end);
            case OpenOverride open -> decisions.open(open);
            case CloseOverride close -> decisions.close(close);
            // Closed above, as before every command: a deploy may come first.
            case CloseByTime _ -> new Done();
            case ReviewOverride review -> decisions.review(review);
        };
        return new Decision<>(result, decisions.events);
    }

    private void closeByTime() {
        DeploysState.LastOverride override = state.override();
        if (override != null && !override.closed() && !override.isOpen(command.now())) {
            record(new OverrideClosed(override.id(), null, null), override.until());
        }
    }

    private DeployResult ask(Ask ask) {
        Running running = state.running();
        if (running != null && running.allowed().deploy().equals(ask.deploy())) {
            // Asked again, because the answer was lost on its way.
            return new Answered(running.allowed(), running.since());
        }
        if (running != null && isLost(running, ask.heard())) {
            record(new DeployEnded(running.allowed().deploy(), running.allowed().asked().run(), null));
            running = null;
        }
        DeployRequest request = ask.request().approved(state.approvers(ask.asked()).size());
        List<GateReason> reasons = new ArrayList<>(
                PolicyJudge.judge(ask.policy().policy(), ask.policy().baseline(), request).reasons());
        boolean blocked = reasons.stream().anyMatch(reason -> reason.mode() == RuleMode.ENFORCE);
        UUID overriddenBy = null;
        DeploysState.LastOverride override = state.override();
        if (blocked && override != null && override.isOpen(command.now())) {
            overriddenBy = override.id();
            blocked = false;
            reasons.add(new Overridden(override.id(), override.by(), override.until()));
        }
        if (running != null) {
            // Two migrations at once are never right, whatever an approver says.
            blocked = true;
            overriddenBy = null;
            reasons.add(new DeployRunning(running.allowed().deploy(), running.allowed().asked().by(),
                    running.since()));
        }
        int version = ask.policy().version();
        Circumstances circumstances = new Circumstances(request.labels(), request.caller().role(), request.approvals(),
                request.watchedAt(), ask.otherEnvironments() ? request.others() : null);
        DeployAnswered answer = blocked
                ? new DeployBlocked(ask.deploy(), ask.asked(), reasons, version, circumstances)
                : new DeployAllowed(ask.deploy(), ask.asked(), reasons, version, circumstances,
                        ask.now().plus(ANSWER), overriddenBy);
        record(answer);
        return new Answered(answer, ask.now());
    }

    /** What was allowed just now had no time to be heard of. */
    private boolean isLost(Running running, Map<UUID, Instant> heard) {
        Instant last = heard.getOrDefault(running.allowed().deploy(), running.since());
        return last.plus(LEASE).isBefore(command.now());
    }

    /** Reported again, because the answer was lost on its way, it is not recorded again. */
    private DeployResult report(Report report) {
        if (state.asked(report.decided().deploy()).isEmpty()) {
            record(report.decided());
        }
        return new Done();
    }

    private DeployResult approve(Approve approve) {
        DeploysState.Asked asked = state.asked(approve.deploy()).orElse(null);
        if (asked == null) {
            return new Unknown();
        }
        if (asked.facts().asker() == Asker.PERSON && asked.facts().by().equals(approve.by())
                && !approve.by().equals(Caller.LOCAL)) {
            return new OwnDeploy();
        }
        if (!asked.approvers().contains(approve.by())) {
            record(new DeployApproved(approve.deploy(), approve.by(), approve.comment()));
        }
        return new Done();
    }

    private DeployResult end(End end) {
        Running running = state.running();
        if (running == null || !state.isRunning(end.deploy())) {
            return new Unknown();
        }
        record(new DeployEnded(end.deploy(), running.allowed().asked().run(), end.exitCode()));
        return new Done();
    }

    private DeployResult open(OpenOverride open) {
        DeploysState.LastOverride last = state.override();
        if (last != null && last.isOpen(open.now())) {
            return new OpenAlready(last.by(), last.until());
        }
        if (last != null && last.needsReview()) {
            return new ReviewDue(last.by());
        }
        OverrideOpened opened = new OverrideOpened(id(), open.by(), open.reason(), open.until());
        record(opened);
        return new Opened(opened);
    }

    private DeployResult close(CloseOverride close) {
        DeploysState.LastOverride last = state.override();
        if (last == null || !last.id().equals(close.override())) {
            return new Unknown();
        }
        if (!last.closed()) {
            record(new OverrideClosed(close.override(), close.by(), close.comment()));
        }
        return new Done();
    }

    private DeployResult review(ReviewOverride review) {
        DeploysState.LastOverride last = state.override();
        if (last == null || !last.id().equals(review.override())) {
            return new Unknown();
        }
        if (last.isOpen(review.now())) {
            return new StillOpen(last.until());
        }
        record(new OverrideReviewed(review.override(), review.by(), review.remark()));
        return new Done();
    }

    private void record(GateEvent event) {
        record(event, command.now());
    }

    private void record(GateEvent event, Instant occurredAt) {
        events.add(new RecordedEvent(id(), command.project(), command.environment(), null,
                Occurrence.exactly(occurredAt), command.now(), event));
        state = state.after(event, command.now());
    }

    private UUID id() {
        return EventIds.next(command.now(), random);
    }
}
