package dev.migrationledger.core.policy;

import dev.migrationledger.contracts.policy.GateReason;
import dev.migrationledger.contracts.policy.RuleMode;
import java.util.List;

/**
 * What a policy says of a deploy.
 *
 * @param reasons in the order of the policy's sections; empty: nothing to say
 */
public record Judgement(List<GateReason> reasons) {

    public Judgement {
        reasons = List.copyOf(reasons);
    }

    public boolean isBlocked() {
        return !of(RuleMode.ENFORCE).isEmpty();
    }

    /** The reasons with a mode. */
    public List<GateReason> of(RuleMode mode) {
        return reasons.stream().filter(reason -> reason.mode() == mode).toList();
    }
}
