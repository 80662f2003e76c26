package dev.migrationledger.core.policy;

import dev.migrationledger.contracts.policy.PolicyPlace;
import java.util.List;

/** What is wrong with a policy although each of its values is well-formed. */
public sealed interface PolicyProblem {

    /** The rule that has to be changed. */
    PolicyPlace place();

    /** Environments wait for each other, and none of them ever takes a revision first. */
    record PromotionCycle(PolicyPlace place, List<PolicyPlace> through) implements PolicyProblem {
        public PromotionCycle {
            through = List.copyOf(through);
        }
    }

    /** Two freezes of one kind are about the same environments at the same time. */
    record FreezesOverlap(PolicyPlace place, String name, PolicyPlace other, String otherName)
            implements
                PolicyProblem {}

    /** The rule counts nowhere, because an earlier one counts before it. */
    record NeverCounts(PolicyPlace place, PolicyPlace earlier) implements PolicyProblem {}

    /** The rule blocks every deploy: each has revisions that are pending. */
    record BlocksEveryDeploy(PolicyPlace place) implements PolicyProblem {}
}
