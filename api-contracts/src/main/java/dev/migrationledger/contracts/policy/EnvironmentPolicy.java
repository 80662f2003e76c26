package dev.migrationledger.contracts.policy;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a deploy to one environment has to meet, for an agent that does not reach the ledger.
 *
 * @param form {@link #FORM}
 * @param labels of the environment
 * @param version of the policy; 0: the defaults
 * @param baseline findings of the environment that are accepted for a while
 * @param issuedAt when all of this counted, by the ledger's clock
 */
public record EnvironmentPolicy(
        int form, String project, String environment, Map<String, String> labels, int version, Policy policy,
        List<AcceptedFinding> baseline, Instant issuedAt) {

    /** Raised when a reader that passes over what it does not know would misunderstand the rest, such as with each new kind of rule. */
    public static final int FORM = 1;

    public EnvironmentPolicy {
        labels = Map.copyOf(labels);
        baseline = List.copyOf(baseline);
    }
}
