package dev.migrationledger.ledger.divergence.project;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Every rule across environments. */
public final class ProjectRules {

    /** In the order of the codes. */
    private static final List<ProjectRule> ALL = List.of(
            new ScriptsDifferRule(), new RevisionEditedRule(), new LineageRewrittenRule(), new ForkedRule(),
            new SchemaDiffersRule(), new RanOutsidePipelineRule(),
            new UnapprovedMergeRule());

    private ProjectRules() {}

    /** By environment; one that no rule could evaluate is not there. */
    public static Map<String, RuleResult> evaluate(ProjectSnapshot project) {
        return evaluate(project, ALL);
    }

    static Map<String, RuleResult> evaluate(ProjectSnapshot project, List<ProjectRule> rules) {
        Map<String, List<Finding>> findings = new TreeMap<>();
        Map<String, Set<DivergenceCode>> evaluated = new TreeMap<>();
        for (ProjectRule rule : rules) {
            rule.evaluate(project).forEach((environment, found) -> {
                requireDeclared(rule, found);
                findings.computeIfAbsent(environment, _ -> new ArrayList<>()).addAll(found);
                evaluated.computeIfAbsent(environment, _ -> EnumSet.noneOf(DivergenceCode.class)).add(rule.code());
            });
        }
        Map<String, RuleResult> results = new TreeMap<>();
        findings.forEach((environment, found) -> results.put(
                environment, new RuleResult(found, evaluated.getOrDefault(environment, Set.of()))));
        return results;
    }

    /** A finding of another code would be recorded or not, depending on what other rules found. */
    private static void requireDeclared(ProjectRule rule, List<Finding> found) {
        for (Finding finding : found) {
            if (finding.code() != rule.code()) {
                throw new IllegalStateException("The rule of %s found %s, which it does not declare."
                        .formatted(rule.code().code(), finding.code().code()));
            }
        }
    }

    static List<DivergenceCode> codes() {
        return ALL.stream().map(ProjectRule::code).toList();
    }
}
