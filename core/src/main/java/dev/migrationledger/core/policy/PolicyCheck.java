package dev.migrationledger.core.policy;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.policy.EnvironmentSelector;
import dev.migrationledger.contracts.policy.FreezePeriod;
import dev.migrationledger.contracts.policy.Policy;
import dev.migrationledger.contracts.policy.Policy.FindingRule;
import dev.migrationledger.contracts.policy.Policy.FreezeRule;
import dev.migrationledger.contracts.policy.Policy.FreshnessRule;
import dev.migrationledger.contracts.policy.Policy.PromotionRule;
import dev.migrationledger.contracts.policy.PolicyPlace;
import dev.migrationledger.contracts.policy.PolicyPlace.Section;
import dev.migrationledger.contracts.policy.RuleMode;
import dev.migrationledger.core.policy.PolicyProblem.BlocksEveryDeploy;
import dev.migrationledger.core.policy.PolicyProblem.FreezesOverlap;
import dev.migrationledger.core.policy.PolicyProblem.NeverCounts;
import dev.migrationledger.core.policy.PolicyProblem.PromotionCycle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Finds what contradicts itself in a policy. */
public final class PolicyCheck {

    private final List<PolicyProblem> problems = new ArrayList<>();

    private PolicyCheck() {}

    /** All that is wrong, in the order of the sections. */
    public static List<PolicyProblem> problems(Policy policy) {
        PolicyCheck check = new PolicyCheck();
        check.findings(policy.findings());
        check.promotions(policy.promotions());
        check.freshness(policy.freshness());
        check.freezes(policy.freezes());
        return List.copyOf(check.problems);
    }

    private void findings(List<FindingRule> rules) {
        for (int i = 0; i < rules.size(); i++) {
            FindingRule rule = rules.get(i);
            PolicyPlace place = new PolicyPlace(Section.FINDINGS, i);
            if (rule.mode() == RuleMode.ENFORCE && rule.codes().contains(DivergenceCode.BEHIND_HEAD)) {
                problems.add(new BlocksEveryDeploy(place));
            }
            IntStream.range(0, i)
                    .filter(earlier -> rules.get(earlier).codes().containsAll(rule.codes())
                            && rules.get(earlier).where().covers(rule.where()))
                    .findFirst()
                    .ifPresent(earlier -> problems.add(
                            new NeverCounts(place, new PolicyPlace(Section.FINDINGS, earlier))));
        }
    }

    private void freshness(List<FreshnessRule> rules) {
        for (int i = 0; i < rules.size(); i++) {
            FreshnessRule rule = rules.get(i);
            PolicyPlace place = new PolicyPlace(Section.FRESHNESS, i);
            IntStream.range(0, i)
                    .filter(earlier -> rules.get(earlier).where().covers(rule.where()))
                    .findFirst()
                    .ifPresent(earlier -> problems.add(
                            new NeverCounts(place, new PolicyPlace(Section.FRESHNESS, earlier))));
        }
    }

    /** Each cycle once, at its first rule. */
    private void promotions(List<PromotionRule> rules) {
        Set<Integer> known = new HashSet<>();
        for (int start = 0; start < rules.size(); start++) {
            if (!known.contains(start)) {
                cycle(rules, start).ifPresent(cycle -> {
                    known.addAll(cycle);
                    List<PolicyPlace> through = cycle.stream().map(rule -> new PolicyPlace(Section.PROMOTION, rule))
                            .toList();
                    problems.add(new PromotionCycle(through.getFirst(), through));
                });
            }
        }
    }

    /** The shortest way from a rule back to itself: each one's source is what the next one leads to. */
    private static Optional<List<Integer>> cycle(List<PromotionRule> rules, int start) {
        Deque<List<Integer>> ways = new ArrayDeque<>(List.of(List.of(start)));
        Set<Integer> seen = new HashSet<>();
        while (!ways.isEmpty()) {
            List<Integer> way = ways.remove();
            EnvironmentSelector source = rules.get(way.getLast()).from();
            for (int next = 0; next < rules.size(); next++) {
                if (source.meets(rules.get(next).to())) {
                    if (next == start) {
                        return Optional.of(way);
                    }
                    if (seen.add(next)) {
                        List<Integer> longer = new ArrayList<>(way);
                        longer.add(next);
                        ways.add(longer);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private void freezes(List<FreezeRule> rules) {
        for (int i = 0; i < rules.size(); i++) {
            FreezeRule rule = rules.get(i);
            for (int j = 0; j < i; j++) {
                FreezeRule earlier = rules.get(j);
                if (rule.where().overlaps(earlier.where())
                        && FreezePeriod.overlap(rule.period(), rule.zone(), earlier.period(), earlier.zone())) {
                    problems.add(new FreezesOverlap(new PolicyPlace(Section.FREEZE, i), rule.name(),
                            new PolicyPlace(Section.FREEZE, j), earlier.name()));
                }
            }
        }
    }
}
