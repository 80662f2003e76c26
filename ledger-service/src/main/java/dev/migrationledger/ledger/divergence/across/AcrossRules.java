package dev.migrationledger.ledger.divergence.across;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Every rule across environments. */
public final class AcrossRules {

    /** In the order of the codes. */
    private static final List<AcrossRule> ALL = List.of(
            new ScriptsDiffer(), new RevisionEdited(), new LineageRewritten(), new Forked(), new SchemaDiffers());

    private AcrossRules() {}

    /**
     * What was found in one environment.
     *
     * @param judged codes that could be judged
     */
    public record Verdict(List<Finding> findings, Set<DivergenceCode> judged) {
        public Verdict {
            findings = List.copyOf(findings);
            judged = Set.copyOf(judged);
        }

        public static final Verdict NONE = new Verdict(List.of(), Set.of());
    }

    /** By environment; one that no rule could judge is not there. */
    public static Map<String, Verdict> judge(ProjectSeen project) {
        return judge(project, ALL);
    }

    static Map<String, Verdict> judge(ProjectSeen project, List<AcrossRule> rules) {
        Map<String, List<Finding>> findings = new TreeMap<>();
        Map<String, Set<DivergenceCode>> judged = new TreeMap<>();
        for (AcrossRule rule : rules) {
            rule.judge(project).forEach((environment, found) -> {
                requireDeclared(rule, found);
                findings.computeIfAbsent(environment, _ -> new ArrayList<>()).addAll(found);
                judged.computeIfAbsent(environment, _ -> EnumSet.noneOf(DivergenceCode.class)).add(rule.code());
            });
        }
        Map<String, Verdict> verdicts = new TreeMap<>();
        findings.forEach((environment, found) -> verdicts.put(
                environment, new Verdict(found, judged.getOrDefault(environment, Set.of()))));
        return verdicts;
    }

    /** A finding of another code would be recorded or not, depending on what other rules found. */
    private static void requireDeclared(AcrossRule rule, List<Finding> found) {
        for (Finding finding : found) {
            if (finding.code() != rule.code()) {
                throw new IllegalStateException("The rule of %s found %s, which it does not declare."
                        .formatted(rule.code().code(), finding.code().code()));
            }
        }
    }

    static List<DivergenceCode> codes() {
        return ALL.stream().map(AcrossRule::code).toList();
    }
}
