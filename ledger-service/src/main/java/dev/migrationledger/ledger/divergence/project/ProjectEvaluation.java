package dev.migrationledger.ledger.divergence.project;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.core.collection.PersistentMap;
import dev.migrationledger.ledger.divergence.project.ProjectRule.Change;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the rules find in one project, again and again. If few environments changed since the last time, few are judged: those that changed, and those in
 * which something else is found because of them. Not for several threads.
 */
public final class ProjectEvaluation {

    private final Supplier<List<ProjectRule>> fresh;
    private List<ProjectRule> rules;

    /** As it was evaluated last; absent: never, or that failed. */
    private @Nullable ProjectSnapshot last;

    private PersistentMap<RuleResult> results = PersistentMap.empty();

    public ProjectEvaluation() {
        this(ProjectRules::all);
    }

    /** @param fresh rules that know no environment yet */
    ProjectEvaluation(Supplier<List<ProjectRule>> fresh) {
        this.fresh = fresh;
        this.rules = fresh.get();
    }

    /** By environment; one that no rule could evaluate is not there. The same as if nothing had been evaluated before. */
    public PersistentMap<RuleResult> evaluate(ProjectSnapshot project) {
        Set<String> affected = update(project);
        for (String name : affected) {
            EnvironmentSnapshot here = project.environments().get(name);
            RuleResult result = here == null ? RuleResult.NONE : result(here, project);
            results = result.evaluated().isEmpty() ? results.minus(name) : results.plus(name, result);
        }
        last = project;
        return results;
    }

    /** What is found in one environment. */
    RuleResult evaluate(ProjectSnapshot project, String environment) {
        update(project);
        EnvironmentSnapshot here = project.environments().get(environment);
        return here == null ? RuleResult.NONE : result(here, project);
    }

    /** Shows the rules what changed, and returns the environments in which something else may be found. */
    private Set<String> update(ProjectSnapshot project) {
        ProjectSnapshot before = last;
        // Until it is known what was found: if that fails, all is judged the next time.
        last = null;
        PersistentMap<EnvironmentSnapshot> known = PersistentMap.empty();
        if (before != null && before.hasSameInCommon(project)) {
            known = before.environments();
        } else {
            rules = fresh.get();
            results = PersistentMap.empty();
        }
        Set<String> affected = known.differing(project.environments());
        List<Change> changes = new ArrayList<>();
        for (String name : affected) {
            changes.add(new Change(known.get(name), project.environments().get(name)));
        }
        for (ProjectRule rule : rules) {
            affected.addAll(rule.update(project, changes));
        }
        return affected;
    }

    private RuleResult result(EnvironmentSnapshot here, ProjectSnapshot project) {
        List<Finding> findings = new ArrayList<>();
        Set<DivergenceCode> evaluated = EnumSet.noneOf(DivergenceCode.class);
        for (ProjectRule rule : rules) {
            Optional<List<Finding>> found = rule.findings(here, project);
            if (found.isPresent()) {
                found.get().forEach(finding -> findings.add(declared(rule, finding)));
                evaluated.add(rule.code());
            }
        }
        return new RuleResult(findings, evaluated);
    }

    /** A finding of another code would be recorded or not, depending on what other rules found. */
    private static Finding declared(ProjectRule rule, Finding finding) {
        if (finding.code() != rule.code()) {
            throw new IllegalStateException("The rule of %s found %s, which it does not declare."
                    .formatted(rule.code().code(), finding.code().code()));
        }
        return finding;
    }
}
