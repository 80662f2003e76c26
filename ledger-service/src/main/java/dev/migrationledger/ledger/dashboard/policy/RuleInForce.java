package dev.migrationledger.ledger.dashboard.policy;

import dev.migrationledger.contracts.policy.MergeRule;
import dev.migrationledger.contracts.policy.Policy.Unreachable;
import dev.migrationledger.contracts.policy.Policy;
import dev.migrationledger.contracts.text.Count;
import java.util.List;

/**
 * What counts in a project now: of its policy, or the default where that says nothing.
 *
 * @param what is judged
 * @param sentence what counts
 * @param fromFile whether the project's own file says it
 */
record RuleInForce(String what, String sentence, boolean fromFile) {

    static List<RuleInForce> of(Policy policy) {
        return List.of(
                new RuleInForce("Findings", rules(policy.findings())
                        + "n error blocks, a warning is shown and lets the deploy run, and information is recorded.",
                        !policy.findings().isEmpty()),
                new RuleInForce("Freshness", rules(policy.freshness())
                        + "n observation of the last %d minutes is needed. 'gate' observes the database itself."
                                .formatted(Policy.DEFAULT_FRESHNESS.toMinutes()),
                        !policy.freshness().isEmpty()),
                demanded("Promotion", policy.promotions(),
                        " The earlier environment must have been observed in the last %d days, unless a rule says otherwise."
                                .formatted(Policy.EARLIER_FRESHNESS.toDays())),
                demanded("Freezes", policy.freezes(), ""), demanded("Pipelines", policy.pipelines(), ""),
                demanded("Approvals", policy.approvals(), ""), merges(policy.merges()),
                unreachable(policy.unreachable()));
    }

    /** Goes on with what counts otherwise, without its first letter. */
    private static String rules(List<?> rules) {
        return rules.isEmpty() ? "A" : Count.of(rules.size(), "rule") + " in the file. Otherwise a";
    }

    private static RuleInForce demanded(String what, List<?> rules, String more) {
        return rules.isEmpty()
                ? new RuleInForce(what, "Nothing is demanded.", false)
                : new RuleInForce(what, Count.of(rules.size(), "rule") + " in the file." + more, true);
    }

    private static RuleInForce merges(MergeRule rule) {
        String approvals = rule.approvals() == rule.approvalsWhereShared()
                ? "A merge of heads needs %s.".formatted(Count.of(rule.approvals(), "approval"))
                : "A merge of heads needs %s, or %d if both sides change one object.".formatted(
                        Count.of(rule.approvals(), "approval"), rule.approvalsWhereShared());
        return new RuleInForce("Merges", approvals
                + (rule.authors() == MergeRule.Authors.KNOWN ? " The authors of all revisions must be known." : "")
                + (rule.rehearsal() == MergeRule.Rehearsal.REQUIRED ? " It must be rehearsed." : ""),
                !rule.equals(MergeRule.DEFAULT));
    }

    private static RuleInForce unreachable(Unreachable rule) {
        return new RuleInForce("Ledger unreachable", switch (rule) {
            case BLOCK -> "Deploys are blocked.";
            case LOCAL -> "The agent decides by the last policy that it got.";
            case ALLOW -> "Deploys run.";
        }, rule != Policy.DEFAULT.unreachable());
    }
}
