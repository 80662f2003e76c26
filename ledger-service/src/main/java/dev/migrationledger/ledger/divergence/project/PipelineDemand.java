package dev.migrationledger.ledger.divergence.project;

import dev.migrationledger.contracts.policy.EnvironmentSelector;
import java.time.Instant;

/**
 * A rule of a policy: there, pipelines deploy.
 *
 * @param since when it was applied; a rule that selects the same keeps its time when the policy is applied again
 */
public record PipelineDemand(EnvironmentSelector where, Instant since) {}
