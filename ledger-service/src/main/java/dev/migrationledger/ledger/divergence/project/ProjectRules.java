package dev.migrationledger.ledger.divergence.project;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every rule across environments. */
public final class ProjectRules {

    /** In the order of the codes. */
    private static final List<ProjectRule> ALL = List.of(
            new ScriptsDifferRule(), new RevisionEditedRule(), new LineageRewrittenRule(), new ForkedRule(),
            new SchemaDiffersRule(), new RanOutsidePipelineRule(),
            new UnapprovedMergeRule());

    private ProjectRules() {}

    /**
     * What the rules found in a project.
     *
     * @param project as it was
     * @param local rules whose result in one environment does not depend on the others
     * @param byRule what each rule found by environment, in the order of the rules; without those that it could not evaluate
     * @param results by environment; one that no rule could evaluate is not there
     */
    public record Evaluation(
            ProjectSnapshot project, Set<DivergenceCode> local, List<Map<String, List<Finding>>> byRule,
            Map<String, RuleResult> results) {
        public Evaluation {
            local = Set.copyOf(local);
            byRule = List.copyOf(byRule);
            results = Collections.unmodifiableMap(results);
        }
    }

    /** By environment; one that no rule could evaluate is not there. */
    public static Map<String, RuleResult> evaluate(ProjectSnapshot project) {
        return evaluate(project, ALL, null).results();
    }

    /**
     * As {@link #evaluate(ProjectSnapshot)}. Where most environments are as they were, most of what was found is, too.
     *
     * @param before what was found in an earlier state of the project; absent: nothing is known
     */
    public static Evaluation evaluate(ProjectSnapshot project, @Nullable Evaluation before) {
        return evaluate(project, ALL, before);
    }

    static Evaluation evaluate(ProjectSnapshot project, List<ProjectRule> rules, @Nullable Evaluation before) {
        Changes changes = before == null
                ? new Changes(project.environments().keySet(), Set.of())
                : Changes.between(before.project, project);
        if (before != null && changes.changed.isEmpty() && changes.gone.isEmpty()) {
            return before;
        }
        Set<DivergenceCode> local = EnumSet.noneOf(DivergenceCode.class);
        List<Map<String, List<Finding>>> byRule = new ArrayList<>();
        // Those whose result may be another one.
        Set<String> affected = new HashSet<>(changes.changed);
        for (int i = 0; i < rules.size(); i++) {
            ProjectRule rule = rules.get(i);
            if (rule.isLocal(project)) {
                local.add(rule.code());
            }
            Map<String, List<Finding>> found;
            if (before != null && local.contains(rule.code()) && before.local.contains(rule.code())) {
                found = update(before.byRule.get(i), project, changes, rule);
            } else {
                found = rule.evaluate(project);
                requireDeclared(rule, found);
                if (before != null) {
                    differing(before.byRule.get(i), found, affected);
                }
            }
            byRule.add(found);
        }
        return new Evaluation(project, local, byRule, results(rules, byRule, affected, changes.gone, before));
    }

    /**
     * What differs between two states of a project.
     *
     * @param changed environments that are new, or not as they were; all, if what they have in common has changed
     * @param gone those that are not there any more
     */
    private record Changes(Set<String> changed, Set<String> gone) {

        static Changes between(ProjectSnapshot before, ProjectSnapshot now) {
            Set<String> gone = new HashSet<>();
            Set<String> changed = new HashSet<>();
            before.environments().keySet().forEach(name -> {
                if (!now.environments().containsKey(name)) {
                    gone.add(name);
                }
            });
            // A history is read again when any scripts change.
            boolean all = !now.history().equals(before.history()) || !now.merges().equals(before.merges());
            boolean samePipelines = now.pipelines().equals(before.pipelines());
            now.environments().forEach((name, environment) -> {
                if (all || !environment.equals(before.environments().get(name))
                        || (!samePipelines
                                && !Objects.equals(now.pipelines().get(name), before.pipelines().get(name)))) {
                    changed.add(name);
                }
            });
            return new Changes(changed, gone);
        }
    }

    private static Map<String, List<Finding>> update(
            Map<String, List<Finding>> before, ProjectSnapshot project, Changes changes, ProjectRule rule) {
        Map<String, List<Finding>> some = rule.evaluate(project.only(changes.changed));
        requireDeclared(rule, some);
        if (changes.gone.isEmpty() && changes.changed.stream()
                .allMatch(name -> Objects.equals(before.get(name), some.get(name)))) {
            return before;
        }
        Map<String, List<Finding>> found = new HashMap<>(before);
        changes.gone.forEach(found::remove);
        changes.changed.forEach(found::remove);
        found.putAll(some);
        return found;
    }

    /** Adds the environments whose findings differ. */
    private static void differing(
            Map<String, List<Finding>> before, Map<String, List<Finding>> now, Set<String> differing) {
        int[] same = {0};
        now.forEach((name, findings) -> {
            List<Finding> was = before.get(name);
            same[0] += was == null ? 0 : 1;
            if (!findings.equals(was)) {
                differing.add(name);
            }
        });
        if (same[0] < before.size()) {
            before.keySet().stream().filter(name -> !now.containsKey(name)).forEach(differing::add);
        }
    }

    private static Map<String, RuleResult> results(
            List<ProjectRule> rules, List<Map<String, List<Finding>>> byRule, Set<String> affected, Set<String> gone,
            @Nullable Evaluation before) {
        Map<String, RuleResult> others = new HashMap<>();
        for (String name : affected) {
            RuleResult result = result(name, rules, byRule);
            RuleResult was = before == null ? null : before.results.get(name);
            if (!result.equals(was == null ? RuleResult.NONE : was)) {
                others.put(name, result);
            }
        }
        if (before != null && others.isEmpty() && gone.isEmpty()) {
            return before.results;
        }
        Map<String, RuleResult> results = before == null ? new HashMap<>() : new HashMap<>(before.results);
        others.forEach((name, result) -> {
            if (result.evaluated().isEmpty()) {
                results.remove(name);
            } else {
                results.put(name, result);
            }
        });
        gone.forEach(results::remove);
        return results;
    }

    private static RuleResult result(
            String name, List<ProjectRule> rules, List<Map<String, List<Finding>>> byRule) {
        List<Finding> findings = new ArrayList<>();
        Set<DivergenceCode> evaluated = EnumSet.noneOf(DivergenceCode.class);
        for (int i = 0; i < rules.size(); i++) {
            List<Finding> found = byRule.get(i).get(name);
            if (found != null) {
                findings.addAll(found);
                evaluated.add(rules.get(i).code());
            }
        }
        return new RuleResult(findings, evaluated);
    }

    /** A finding of another code would be recorded or not, depending on what other rules found. */
    private static void requireDeclared(ProjectRule rule, Map<String, List<Finding>> found) {
        for (List<Finding> some : found.values()) {
            for (Finding finding : some) {
                if (finding.code() != rule.code()) {
                    throw new IllegalStateException("The rule of %s found %s, which it does not declare."
                            .formatted(rule.code().code(), finding.code().code()));
                }
            }
        }
    }

    static List<DivergenceCode> codes() {
        return ALL.stream().map(ProjectRule::code).toList();
    }
}
