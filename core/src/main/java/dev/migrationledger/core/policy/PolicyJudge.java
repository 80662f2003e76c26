package dev.migrationledger.core.policy;

import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.contracts.policy.AcceptedFinding;
import dev.migrationledger.contracts.policy.EnvironmentPolicy;
import dev.migrationledger.contracts.policy.EnvironmentSelector;
import dev.migrationledger.contracts.policy.FreezePeriod.Span;
import dev.migrationledger.contracts.policy.GateReason;
import dev.migrationledger.contracts.policy.GateReason.*;
import dev.migrationledger.contracts.policy.OtherEnvironment;
import dev.migrationledger.contracts.policy.Policy;
import dev.migrationledger.contracts.policy.Policy.*;
import dev.migrationledger.contracts.policy.PolicyPlace;
import dev.migrationledger.contracts.policy.PolicyPlace.Section;
import dev.migrationledger.contracts.policy.RuleMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Judges a deploy. What is unknown does not meet a rule. */
public final class PolicyJudge {

    private final Policy policy;
    private final List<AcceptedFinding> baseline;
    private final DeployRequest deploy;
    private final List<GateReason> reasons = new ArrayList<>();

    private PolicyJudge(Policy policy, List<AcceptedFinding> baseline, DeployRequest deploy) {
        this.policy = policy;
        this.baseline = baseline;
        this.deploy = deploy;
    }

    /**
     * What a policy says of a deploy.
     *
     * @param baseline of the whole project
     */
    public static Judgement judge(Policy policy, List<AcceptedFinding> baseline, DeployRequest deploy) {
        PolicyJudge judge = new PolicyJudge(policy, baseline, deploy);
        deploy.findings().forEach(judge::finding);
        return judge.judged();
    }

    /**
     * What a policy would have said of a deploy of the past.
     *
     * @param reasons that another policy gave: they say what was found, and whether it was accepted
     * @param deploy without findings
     */
    public static Judgement judgeAgain(Policy policy, List<GateReason> reasons, DeployRequest deploy) {
        PolicyJudge judge = new PolicyJudge(policy, List.of(), deploy);
        reasons.forEach(judge::again);
        return judge.judged();
    }

    private Judgement judged() {
        each(policy.promotions(), PromotionRule::to, Section.PROMOTION, this::promotion);
        freshness();
        each(policy.freezes(), FreezeRule::where, Section.FREEZE, this::freeze);
        each(policy.pipelines(), PipelineRule::where, Section.PIPELINE, this::pipeline);
        each(policy.approvals(), ApprovalRule::where, Section.APPROVALS, this::approvals);
        return new Judgement(reasons);
    }

    /**
     * What there is to say of a deploy while the ledger does not answer: of everything that only the ledger knows, that it is not known.
     *
     * @param held the policy that counted when the ledger answered last
     * @param deploy without other environments and approvals
     */
    public static Judgement judgeAlone(EnvironmentPolicy held, DeployRequest deploy) {
        Policy policy = held.policy();
        PolicyJudge judge = new PolicyJudge(policy, held.baseline(), deploy);
        judge.reasons.add(new LedgerUnreachable(switch (policy.unreachable()) {
            case BLOCK -> RuleMode.ENFORCE;
            case LOCAL, ALLOW -> RuleMode.WARN;
        }, policy.unreachable(), held.issuedAt()));
        deploy.findings().forEach(judge::finding);
        if (!deploy.pending().isEmpty()) {
            judge.each(policy.promotions(), PromotionRule::to, Section.PROMOTION,
                    (it, place) -> judge.needed(it.mode(), place));
        }
        judge.freshnessRule().ifPresent(place -> judge.needed(policy.freshness().get(place.index()).mode(), place));
        judge.each(policy.freezes(), FreezeRule::where, Section.FREEZE, judge::freeze);
        judge.each(policy.pipelines(), PipelineRule::where, Section.PIPELINE,
                (it, place) -> judge.needed(it.mode(), place));
        judge.each(policy.approvals(), ApprovalRule::where, Section.APPROVALS,
                (it, place) -> judge.needed(it.mode(), place));
        return new Judgement(judge.reasons);
    }

    private void needed(RuleMode mode, PolicyPlace place) {
        reasons.add(new LedgerNeeded(mode, place));
    }

    @FunctionalInterface
    private interface Check<R> {
        void of(R rule, PolicyPlace place);
    }

    private <R> void each(List<R> rules, Function<R, EnvironmentSelector> where, Section section, Check<R> check) {
        for (int i = 0; i < rules.size(); i++) {
            if (isSelected(where.apply(rules.get(i)))) {
                check.of(rules.get(i), new PolicyPlace(section, i));
            }
        }
    }

    private boolean isSelected(EnvironmentSelector where) {
        return where.selects(deploy.environment(), deploy.labels());
    }

    private void finding(Finding finding) {
        Ruling ruling = ruling(FoundDivergence.of(finding));
        reasons.add(compared(finding, ruling.mode, ruling.place));
    }

    /** What a finding does, and the rule that says so. */
    private record Ruling(RuleMode mode, @Nullable PolicyPlace place) {}

    /** What is found has the mode of the first rule about it, or that of its severity. */
    private Ruling ruling(FoundDivergence found) {
        List<FindingRule> rules = policy.findings();
        return IntStream.range(0, rules.size())
                .filter(i -> rules.get(i).codes().contains(found.code()) && isSelected(rules.get(i).where()))
                .mapToObj(i -> new Ruling(rules.get(i).mode(), new PolicyPlace(Section.FINDINGS, i)))
                .findFirst().orElseGet(() -> new Ruling(byDefault(found.severity()), null));
    }

    private void again(GateReason reason) {
        if (reason instanceof FindingReason about) {
            FoundDivergence found = about.finding();
            Ruling ruling = ruling(found);
            reasons.add(switch (about) {
                case FindingOpen _ -> new FindingOpen(ruling.mode, ruling.place, found);
                case FindingAccepted it -> new FindingAccepted(ruling.place, found, it.owner(), it.until());
                case AcceptanceEnded it ->
                    new AcceptanceEnded(ruling.mode, ruling.place, found, it.owner(), it.until());
                case WorseThanAccepted it ->
                    new WorseThanAccepted(ruling.mode, ruling.place, found, it.accepted(), it.added());
            });
        }
    }

    private static RuleMode byDefault(Severity severity) {
        return switch (severity) {
            case ERROR -> RuleMode.ENFORCE;
            case WARNING -> RuleMode.WARN;
            case INFO -> RuleMode.AUDIT;
        };
    }

    /** With the baseline. What counts is the acceptance that lasts longest. */
    private FindingReason compared(Finding finding, RuleMode mode, @Nullable PolicyPlace place) {
        FoundDivergence found = FoundDivergence.of(finding);
        List<AcceptedFinding> about = baseline.stream()
                .filter(accepted -> accepted.isAbout(deploy.environment(), finding))
                .sorted(Comparator.comparing(AcceptedFinding::until).reversed())
                .toList();
        Optional<AcceptedFinding> covering = about.stream().filter(accepted -> accepted.covers(finding)).findFirst();
        return covering
                .map(accepted -> deploy.now().isBefore(accepted.until())
                        ? new FindingAccepted(place, found, accepted.owner(), accepted.until())
                        : new AcceptanceEnded(mode, place, found, accepted.owner(), accepted.until()))
                .or(() -> about.stream().findFirst().map(accepted -> new WorseThanAccepted(mode, place, found,
                        accepted.severity(), accepted.newFacts(finding).size())))
                .orElseGet(() -> new FindingOpen(mode, place, found));
    }

    private void promotion(PromotionRule rule, PolicyPlace place) {
        // Without anything to run there is nothing that another environment has to have run.
        if (deploy.pending().isEmpty()) {
            return;
        }
        List<OtherEnvironment> earlier = deploy.others().stream()
                .filter(other -> !other.name().equals(deploy.environment()))
                .filter(other -> rule.from().selects(other.name(), other.labels()))
                .sorted(Comparator.comparing(OtherEnvironment::name))
                .toList();
        if (earlier.isEmpty()) {
            reasons.add(new NoEarlierEnvironment(rule.mode(), place));
        }
        earlier.forEach(other -> promotion(rule, place, other));
    }

    private void promotion(PromotionRule rule, PolicyPlace place, OtherEnvironment other) {
        List<String> missing = deploy.pending().stream().filter(revision -> !other.applied().containsKey(revision))
                .toList();
        if (!missing.isEmpty()) {
            reasons.add(new NotAppliedEarlier(rule.mode(), place, other.name(), missing));
            return;
        }
        // The latest one decides for all.
        String latest = deploy.pending().stream()
                .max(Comparator.comparing(revision -> appliedSince(other, revision))).orElseThrow();
        Instant since = appliedSince(other, latest);
        Instant from = since.plus(rule.applied());
        if (deploy.now().isBefore(from)) {
            reasons.add(new AppliedTooRecently(rule.mode(), place, other.name(), latest, since, rule.applied(), from));
            return;
        }
        // It may have been undone since it was seen last. So someone has to have looked after its time was over, and lately.
        Instant fresh = deploy.now().minus(freshness(other));
        Instant required = from.isAfter(fresh) ? from : fresh;
        Instant watched = other.watchedAt();
        if (watched == null || watched.isBefore(required)) {
            reasons.add(new EarlierObservationTooOld(rule.mode(), place, other.name(), latest, watched, required));
        }
    }

    private Duration freshness(OtherEnvironment other) {
        return policy.freshness().stream().filter(rule -> rule.where().selects(other.name(), other.labels()))
                .findFirst().map(FreshnessRule::atMost).orElse(Policy.EARLIER_FRESHNESS);
    }

    private static Instant appliedSince(OtherEnvironment other, String revision) {
        return Objects.requireNonNull(other.applied().get(revision));
    }

    private void freshness() {
        List<FreshnessRule> rules = policy.freshness();
        PolicyPlace place = freshnessRule().orElse(null);
        FreshnessRule rule = place == null
                ? new FreshnessRule(EnvironmentSelector.EVERYWHERE, Policy.DEFAULT_FRESHNESS, RuleMode.ENFORCE)
                : rules.get(place.index());
        // Without a rule it is enough that the deploy itself knows what it meets.
        Instant observed = place == null ? latest(deploy.watchedAt(), deploy.observedAt()) : deploy.watchedAt();
        if (observed == null) {
            reasons.add(new NeverObserved(rule.mode(), place));
        } else if (observed.plus(rule.atMost()).isBefore(deploy.now())) {
            reasons.add(new ObservationTooOld(rule.mode(), place, observed, rule.atMost()));
        }
    }

    private Optional<PolicyPlace> freshnessRule() {
        List<FreshnessRule> rules = policy.freshness();
        return IntStream.range(0, rules.size())
                .filter(i -> isSelected(rules.get(i).where()))
                .mapToObj(i -> new PolicyPlace(Section.FRESHNESS, i))
                .findFirst();
    }

    private static @Nullable Instant latest(@Nullable Instant one, @Nullable Instant other) {
        return one == null || (other != null && other.isAfter(one)) ? other : one;
    }

    private void freeze(FreezeRule rule, PolicyPlace place) {
        Optional<Span> span = rule.period().at(deploy.now(), rule.zone());
        if (span.isEmpty()) {
            return;
        }
        Instant until = span.get().until();
        Role role = deploy.caller().role();
        Instant begunAt = deploy.begunAt();
        if (begunAt != null) {
            reasons.add(new AlreadyBegun(place, rule.name(), until, begunAt));
        } else if (role != null && rule.passes().stream().anyMatch(role::includes)) {
            reasons.add(new FreezePassed(place, rule.name(), until, role));
        } else {
            reasons.add(new Frozen(rule.mode(), place, rule.name(), until, rule.passes()));
        }
    }

    private void pipeline(PipelineRule rule, PolicyPlace place) {
        if (!deploy.caller().pipeline()) {
            reasons.add(new NoPipeline(rule.mode(), place));
        }
    }

    private void approvals(ApprovalRule rule, PolicyPlace place) {
        if (deploy.approvals() < rule.count()) {
            reasons.add(new ApprovalsMissing(rule.mode(), place, rule.count(), deploy.approvals()));
        }
    }
}
