package dev.migrationledger.contracts.gate;

import dev.migrationledger.contracts.gate.GateAnswer.Decision;
import dev.migrationledger.contracts.policy.GateReason.Overridden;
import dev.migrationledger.contracts.policy.GateReason;
import dev.migrationledger.contracts.policy.RuleMode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What deploys of the past would have got under a policy that is not applied.
 *
 * @param from deploys since then were judged again; later than asked for, where there were too many
 * @param deploys how many were asked for
 * @param same how many would have got the same answer
 * @param blocked how many were allowed and would have been blocked
 * @param allowed how many were blocked and would have been allowed
 * @param changed those that would have got another answer, the newest first, at most {@link #MOST_LISTED}
 * @param unknown those that cannot be judged again, the newest first, at most {@link #MOST_LISTED}
 */
public record PolicyDryRun(
        String project, Instant from, int deploys, int same, int blocked, int allowed, List<Changed> changed,
        List<NotJudged> unknown) {

    /** A longer list is not read. */
    public static final int MOST_LISTED = 200;

    /** How many days back deploys are judged again at most. */
    public static final int LONGEST_DAYS = 90;

    public PolicyDryRun {
        changed = List.copyOf(changed);
        unknown = List.copyOf(unknown);
    }

    /** How many cannot be judged again. */
    public int notJudged() {
        return deploys - same - blocked - allowed;
    }

    /**
     * A deploy that would have got another answer.
     *
     * @param by who asked for it
     * @param decision that it would have got
     * @param reasons for that
     */
    public record Changed(
            UUID deploy, String environment, Instant decidedAt, String by, Decision decision,
            List<GateReason> reasons) {
        public Changed {
            reasons = List.copyOf(reasons);
        }

        /** What blocks, or what lets a deploy pass although something blocks. */
        public List<GateReason> deciding() {
            return reasons.stream()
                    .filter(one -> decision == Decision.BLOCKED
                            ? one.mode() == RuleMode.ENFORCE
                            : one.mode() != RuleMode.AUDIT || one instanceof Overridden)
                    .toList();
        }
    }

    /** A deploy that cannot be judged again. */
    public record NotJudged(UUID deploy, String environment, Instant decidedAt, String by, Why why) {}

    /** Why a deploy cannot be judged again. */
    public enum Why {
        /** It was recorded without its circumstances. */
        NO_CIRCUMSTANCES,
        /** The project had more environments than an answer keeps, and a promotion asks for them. */
        TOO_MANY_ENVIRONMENTS
    }
}
