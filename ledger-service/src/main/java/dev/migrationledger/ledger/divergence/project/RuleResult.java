package dev.migrationledger.ledger.divergence.project;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import java.util.List;
import java.util.Set;

/**
 * What rules found in one environment.
 *
 * @param evaluated codes that could be evaluated; earlier findings of other codes stay open
 */
public record RuleResult(List<Finding> findings, Set<DivergenceCode> evaluated) {

    public static final RuleResult NONE = new RuleResult(List.of(), Set.of());

    public RuleResult {
        findings = List.copyOf(findings);
        evaluated = Set.copyOf(evaluated);
    }
}
