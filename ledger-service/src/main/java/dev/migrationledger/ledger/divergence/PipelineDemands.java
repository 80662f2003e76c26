package dev.migrationledger.ledger.divergence;

import dev.migrationledger.contracts.policy.EnvironmentSelector;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Where policies expect that pipelines deploy. */
public interface PipelineDemands {

    /**
     * A rule.
     *
     * @param since when it was applied; a rule that selects the same keeps its time when the policy is applied again
     */
    record PipelineDemand(EnvironmentSelector where, Instant since) {}

    /** Of a project, in the order of its policy. */
    List<PipelineDemand> pipelines(String project);

    /** By project, of all that have any. */
    Map<String, List<PipelineDemand>> pipelines();
}
