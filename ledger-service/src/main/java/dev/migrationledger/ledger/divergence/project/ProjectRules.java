package dev.migrationledger.ledger.divergence.project;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.core.collection.PersistentMap;
import java.util.List;

/** Every rule across environments. */
public final class ProjectRules {

    private ProjectRules() {}

    /** In the order of the codes. None of them knows an environment yet. */
    static List<ProjectRule> all() {
        return List.of(
                new ScriptsDifferRule(), new RevisionEditedRule(), new LineageRewrittenRule(), new ForkedRule(),
                new SchemaDiffersRule(), new RanOutsidePipelineRule(), new UnapprovedMergeRule());
    }

    static List<DivergenceCode> codes() {
        return all().stream().map(ProjectRule::code).toList();
    }

    /** By environment; one that no rule could evaluate is not there. */
    public static PersistentMap<RuleResult> evaluate(ProjectSnapshot project) {
        return new ProjectEvaluation().evaluate(project);
    }

    /** What they find in one environment of a project. */
    public static RuleResult evaluate(ProjectSnapshot project, String environment) {
        return new ProjectEvaluation().evaluate(project, environment);
    }
}
