package dev.migrationledger.core.policy;

import dev.migrationledger.contracts.gate.PolicyDryRun.Why;
import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.contracts.policy.GateReason;
import dev.migrationledger.contracts.policy.GateReason.*;
import dev.migrationledger.contracts.policy.PolicyPlace;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.core.policy.PolicyProblem.*;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Reasons and problems of a policy for people: what is so, and then what to do. */
public final class PolicyText {

    private static final int MOST = 3;

    private PolicyText() {}

    /** Of a reason. */
    public static String of(GateReason reason) {
        return switch (reason) {
            case FindingOpen it -> "%s is found. Follow its plan.".formatted(finding(it.finding()));
            case FindingAccepted it ->
                "%s is accepted until %s; %s takes care of it.".formatted(finding(it.finding()), second(it.until()),
                        it.owner());
            case AcceptanceEnded it -> "%s was accepted until %s. Ask %s to repair it, or accept it again."
                    .formatted(finding(it.finding()), second(it.until()), it.owner());
            case WorseThanAccepted it ->
                "%s is worse than when it was accepted: %s. Follow its plan, or accept it again."
                        .formatted(finding(it.finding()), worse(it));
            case NoEarlierEnvironment it ->
                "%s names no environment in use that could apply revisions first. Correct its 'from'."
                        .formatted(it.place().words());
            case NotAppliedEarlier it -> "%s has not applied %s. Deploy there first.".formatted(it.environment(),
                    ListText.and(it.revisions(), MOST));
            case AppliedTooRecently it -> "%s applied %s at %s, less than %s ago. Wait until %s.".formatted(
                    it.environment(), it.revision(), second(it.since()), duration(it.required()), second(it.from()));
            case EarlierObservationTooOld it ->
                "Whether %s still has %s is not known: %s. Observe it again, or start an agent for it.".formatted(
                        it.environment(), it.revision(), observed(it));
            case NeverObserved _ -> "No agent has observed this environment. Start an agent for it.";
            case ObservationTooOld it -> "The last observation, at %s, is older than %s. Check the agent."
                    .formatted(second(it.observedAt()), duration(it.atMost()));
            case Frozen it -> "The freeze '%s' lasts until %s. %s".formatted(it.name(), second(it.until()), passes(it));
            case FreezePassed it -> "The freeze '%s' lasts until %s and lets the role %s pass.".formatted(it.name(),
                    second(it.until()), role(it.role()));
            case AlreadyBegun it -> "The freeze '%s' lasts until %s; this deploy began at %s and may end."
                    .formatted(it.name(), second(it.until()), second(it.begunAt()));
            case NoPipeline _ -> "Only a pipeline deploys here. Deploy with the pipeline.";
            case ApprovalsMissing it -> "%s required, %d given. Ask an approver.".formatted(
                    Count.of(it.required(), "approval"), it.given());
            case DeployRunning it -> "%s has deployed here since %s. Wait until it ends, and ask again.".formatted(
                    it.by(), second(it.since()));
            case LedgerUnreachable it -> switch (it.setting()) {
                case BLOCK -> "The ledger does not answer, and its policy of %s blocks deploys until it does."
                        .formatted(second(it.policyAt()));
                case LOCAL -> "The ledger does not answer. Decided by its policy of %s and this environment alone."
                        .formatted(second(it.policyAt()));
                case ALLOW -> "The ledger does not answer, and its policy of %s allows deploys until it does."
                        .formatted(second(it.policyAt()));
            };
            case LedgerNeeded _ -> "Only the ledger can tell whether this rule is met. Ask again when it answers.";
            case Overridden it ->
                "%s lets deploys run here until %s although something else blocks them.".formatted(it.by(),
                        second(it.until()));
        };
    }

    /** Of a problem. */
    public static String of(PolicyProblem problem) {
        return switch (problem) {
            case PromotionCycle it when it.through().size() == 1 ->
                "an environment waits for itself; let 'to' and 'from' select different environments";
            case PromotionCycle it -> "environments wait for each other through %s; remove one of these rules"
                    .formatted(ListText.and(it.through().stream().map(PolicyPlace::words).toList()));
            case FreezesOverlap it -> "'%s' overlaps '%s' (%s); move one of them until they do not overlap"
                    .formatted(it.name(), it.otherName(), it.other().words());
            case NeverCounts it -> "%s always counts before this rule; remove this rule or move it up"
                    .formatted(it.earlier().words());
            case BlocksEveryDeploy _ ->
                "'behind-head' is true before every deploy; enforcing it blocks all of them: write 'warn' or 'audit'";
        };
    }

    /** Why a deploy of the past cannot be judged again. */
    public static String of(Why why) {
        return switch (why) {
            case NO_CIRCUMSTANCES -> "The ledger did not record its circumstances.";
            case TOO_MANY_ENVIRONMENTS ->
                "A promotion asks for other environments; the project had too many to record.";
        };
    }

    private static String observed(EarlierObservationTooOld it) {
        return it.observedAt() == null
                ? "it was never observed"
                : "it was last observed at %s, before %s".formatted(it.observedAt(), it.required());
    }

    private static String finding(FoundDivergence finding) {
        return finding.code().code() + (finding.subject().isEmpty() ? "" : " (" + finding.subject() + ")");
    }

    private static String worse(WorseThanAccepted it) {
        return it.added() > 0
                ? Count.of(it.added(), "new fact")
                : "%s instead of %s".formatted(severity(it.finding().severity()), severity(it.accepted()));
    }

    private static String severity(Enum<?> severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    private static String passes(Frozen frozen) {
        return frozen.passes().isEmpty()
                ? "Wait until then."
                : "Wait until then, or ask for the role " + roles(frozen.passes()) + ".";
    }

    private static String roles(Collection<Role> roles) {
        return ListText.or(roles.stream().sorted().map(PolicyText::role).toList());
    }

    private static String role(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    /** As the file writes it, such as {@code 24h}. */
    static String duration(Duration duration) {
        List<String> parts = List.of(duration.toDays() + "d", duration.toHours() + "h", duration.toMinutes() + "m");
        List<Duration> units = List.of(Duration.ofDays(duration.toDays()), Duration.ofHours(duration.toHours()),
                Duration.ofMinutes(duration.toMinutes()));
        for (int i = 0; i < parts.size(); i++) {
            if (!duration.isZero() && units.get(i).equals(duration)) {
                return parts.get(i);
            }
        }
        return duration.toSeconds() + "s";
    }

    /** People who read when something ends need no fractions of a second. */
    private static Instant second(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }
}
