package dev.migrationledger.core.policy;

import static dev.migrationledger.contracts.diagnosis.DivergenceCode.BEHIND_HEAD;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.SCHEMA_HOLE;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.UNTRACKED_OBJECTS;
import static dev.migrationledger.contracts.policy.EnvironmentSelector.EVERYWHERE;
import static dev.migrationledger.contracts.policy.EnvironmentSelector.labelled;
import static dev.migrationledger.contracts.policy.EnvironmentSelector.named;
import static dev.migrationledger.contracts.policy.RuleMode.AUDIT;
import static dev.migrationledger.contracts.policy.RuleMode.ENFORCE;
import static dev.migrationledger.contracts.policy.RuleMode.WARN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.policy.EnvironmentSelector;
import dev.migrationledger.contracts.policy.FreezePeriod.Weekly;
import dev.migrationledger.contracts.policy.Policy;
import dev.migrationledger.contracts.policy.Policy.FindingRule;
import dev.migrationledger.contracts.policy.Policy.FreezeRule;
import dev.migrationledger.contracts.policy.Policy.FreshnessRule;
import dev.migrationledger.contracts.policy.Policy.PromotionRule;
import dev.migrationledger.contracts.policy.Policy.Unreachable;
import dev.migrationledger.contracts.policy.PolicyPlace;
import dev.migrationledger.contracts.policy.PolicyPlace.Section;
import dev.migrationledger.core.policy.PolicyProblem.BlocksEveryDeploy;
import dev.migrationledger.core.policy.PolicyProblem.FreezesOverlap;
import dev.migrationledger.core.policy.PolicyProblem.NeverCounts;
import dev.migrationledger.core.policy.PolicyProblem.PromotionCycle;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PolicyCheckTest {

    @Test
    void the_default_has_no_problem() {
        assertThat(PolicyCheck.problems(Policy.DEFAULT)).isEmpty();
    }

    @Test
    void environments_that_wait_for_each_other_are_one_cycle() {
        assertThat(promotions(
                rule(named("dev"), named("test")),
                rule(named("production"), named("staging")),
                rule(named("staging", "canary"), named("test")),
                rule(named("test"), named("production"))))
                .containsExactly(new PromotionCycle(promotion(1), List.of(promotion(1), promotion(2), promotion(3))));
    }

    @Test
    void an_environment_does_not_wait_for_itself() {
        assertThat(promotions(rule(labelled("tier", "prod"), labelled("tier", "staging", "prod"))))
                .containsExactly(new PromotionCycle(promotion(0), List.of(promotion(0))));
    }

    @Test
    void a_chain_is_no_cycle() {
        assertThat(promotions(
                rule(named("production"), named("staging")),
                rule(named("staging"), named("test")),
                rule(named("production"), named("test")))).isEmpty();
    }

    @Test
    void a_name_and_a_label_are_not_taken_for_one_environment() {
        assertThat(promotions(rule(named("production"), labelled("tier", "staging")),
                rule(labelled("tier", "staging"), labelled("tier", "test")))).isEmpty();
    }

    @Test
    void a_rule_behind_one_that_covers_it_never_counts() {
        assertThat(findings(new FindingRule(Set.of(SCHEMA_HOLE, UNTRACKED_OBJECTS), EVERYWHERE, WARN),
                new FindingRule(Set.of(SCHEMA_HOLE), named("production"), ENFORCE)))
                .containsExactly(new NeverCounts(new PolicyPlace(Section.FINDINGS, 1),
                        new PolicyPlace(Section.FINDINGS, 0)));
        assertThat(findings(new FindingRule(Set.of(SCHEMA_HOLE), named("production"), ENFORCE),
                new FindingRule(Set.of(SCHEMA_HOLE), EVERYWHERE, WARN))).isEmpty();
        Duration hour = Duration.ofHours(1);
        assertThat(problems(List.of(), List.of(),
                List.of(new FreshnessRule(labelled("tier", "prod", "staging"), hour, WARN),
                        new FreshnessRule(labelled("tier", "prod"), hour, ENFORCE),
                        new FreshnessRule(EVERYWHERE, hour, ENFORCE)),
                List.of()))
                .containsExactly(new NeverCounts(new PolicyPlace(Section.FRESHNESS, 1),
                        new PolicyPlace(Section.FRESHNESS, 0)));
    }

    @Test
    void behind_head_is_never_enforced() {
        assertThat(findings(new FindingRule(Set.of(BEHIND_HEAD), EVERYWHERE, ENFORCE)))
                .containsExactly(new BlocksEveryDeploy(new PolicyPlace(Section.FINDINGS, 0)));
        assertThat(findings(new FindingRule(Set.of(BEHIND_HEAD), EVERYWHERE, AUDIT))).isEmpty();
    }

    @Test
    void freezes_of_the_same_environments_do_not_overlap() {
        FreezeRule morning = freeze("morning", named("production"), 6, 9);
        FreezeRule day = freeze("day", EVERYWHERE, 8, 16);
        assertThat(problems(List.of(), List.of(), List.of(), List.of(morning, day)))
                .containsExactly(new FreezesOverlap(new PolicyPlace(Section.FREEZE, 1), "day",
                        new PolicyPlace(Section.FREEZE, 0), "morning"));
        assertThat(problems(List.of(), List.of(), List.of(),
                List.of(morning, freeze("day", named("staging"), 8, 16)))).isEmpty();
        assertThat(problems(List.of(), List.of(), List.of(), List.of(morning, freeze("day", EVERYWHERE, 9, 16))))
                .isEmpty();
    }

    @Test
    void selectors_without_a_common_value_select_nothing_in_common() {
        assertThat(labelled("tier", "prod").overlaps(labelled("tier", "staging"))).isFalse();
        assertThat(labelled("tier", "prod").overlaps(labelled("tenant", "42"))).isTrue();
        assertThat(labelled("tier", "prod").overlaps(named("production"))).isTrue();
    }

    private static List<PolicyProblem> promotions(PromotionRule... rules) {
        return problems(List.of(), List.of(rules), List.of(), List.of());
    }

    private static List<PolicyProblem> findings(FindingRule... rules) {
        return problems(List.of(rules), List.of(), List.of(), List.of());
    }

    private static List<PolicyProblem> problems(
            List<FindingRule> findings, List<PromotionRule> promotions, List<FreshnessRule> freshness,
            List<FreezeRule> freezes) {
        List<PolicyProblem> problems = PolicyCheck.problems(
                new Policy(findings, promotions, freshness, freezes, List.of(), List.of(), Unreachable.LOCAL));
        return problems;
    }

    private static PolicyPlace promotion(int index) {
        return new PolicyPlace(Section.PROMOTION, index);
    }

    private static PromotionRule rule(EnvironmentSelector to, EnvironmentSelector from) {
        return new PromotionRule(to, from, Duration.ofHours(24), ENFORCE);
    }

    private static FreezeRule freeze(String name, EnvironmentSelector where, int from, int until) {
        Weekly daily = Weekly.on(Set.of(DayOfWeek.values()), LocalTime.of(from, 0), LocalTime.of(until, 0));
        return new FreezeRule(name, where, ZoneOffset.UTC, daily, Set.of(), ENFORCE);
    }
}
