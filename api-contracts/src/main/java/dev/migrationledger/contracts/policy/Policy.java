package dev.migrationledger.contracts.policy;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.identity.Role;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a project demands of a deploy. Of the rules about findings and freshness, the first one that selects an environment counts; all others
 * have to be met.
 *
 * @param findings where a finding does not have the mode of its severity
 * @param freshness how old an observation may be, where it is not {@link #DEFAULT_FRESHNESS}
 */
public record Policy(
        List<FindingRule> findings,
        List<PromotionRule> promotions,
        List<FreshnessRule> freshness,
        List<FreezeRule> freezes,
        List<PipelineRule> pipelines,
        List<ApprovalRule> approvals,
        Unreachable unreachable,
        MergeRule merges) {

    /** As long as an answer of the gate holds. */
    public static final Duration DEFAULT_FRESHNESS = Duration.ofMinutes(15);

    /**
     * How old the last observation of an environment may be from which revisions are promoted. Longer than {@link #DEFAULT_FRESHNESS}:
     * where no agent watches it, only its own deploys observe it.
     */
    public static final Duration EARLIER_FRESHNESS = Duration.ofDays(7);

    /** Of a project without one. */
    public static final Policy DEFAULT = new Policy(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
            Unreachable.LOCAL, MergeRule.DEFAULT);

    public Policy {
        findings = List.copyOf(findings);
        promotions = List.copyOf(promotions);
        freshness = List.copyOf(freshness);
        freezes = List.copyOf(freezes);
        pipelines = List.copyOf(pipelines);
        approvals = List.copyOf(approvals);
    }

    /** One that says nothing of merges. */
    public Policy(
            List<FindingRule> findings, List<PromotionRule> promotions, List<FreshnessRule> freshness,
            List<FreezeRule> freezes, List<PipelineRule> pipelines, List<ApprovalRule> approvals,
            Unreachable unreachable) {
        this(findings, promotions, freshness, freezes, pipelines, approvals, unreachable, MergeRule.DEFAULT);
    }

    private static <E extends Enum<E>> Set<E> sorted(Set<E> values, Class<E> type) {
        Set<E> sorted = EnumSet.noneOf(type);
        sorted.addAll(values);
        return Collections.unmodifiableSet(sorted);
    }

    /** What findings with one of these codes do. */
    public record FindingRule(Set<DivergenceCode> codes, EnvironmentSelector where, RuleMode mode) {
        public FindingRule {
            codes = sorted(codes, DivergenceCode.class);
        }
    }

    /**
     * A revision has to be applied in all environments that {@code from} selects before one that {@code to} selects takes it.
     *
     * @param applied for how long
     */
    public record PromotionRule(EnvironmentSelector to, EnvironmentSelector from, Duration applied, RuleMode mode) {}

    /** The last observation of an agent that watches is at most this old. */
    public record FreshnessRule(EnvironmentSelector where, Duration atMost, RuleMode mode) {}

    /**
     * Nothing is deployed in a period. What began before may end.
     *
     * @param name what people call it
     * @param passes who deploys all the same
     */
    public record FreezeRule(
            String name, EnvironmentSelector where, ZoneId zone, FreezePeriod period, Set<Role> passes, RuleMode mode) {
        public FreezeRule {
            passes = sorted(passes, Role.class);
        }
    }

    /** Only a pipeline deploys. */
    public record PipelineRule(EnvironmentSelector where, RuleMode mode) {}

    /** So many people approve a deploy before it. */
    public record ApprovalRule(EnvironmentSelector where, int count, RuleMode mode) {}

    /** What an agent answers while no ledger does. */
    public enum Unreachable {
        BLOCK,
        /** What it finds by itself with the last policy that it got. */
        LOCAL,
        ALLOW
    }
}
