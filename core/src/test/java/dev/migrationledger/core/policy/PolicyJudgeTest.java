package dev.migrationledger.core.policy;

import static dev.migrationledger.contracts.diagnosis.DivergenceCode.BEHIND_HEAD;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.SCHEMA_HOLE;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.UNTRACKED_OBJECTS;
import static dev.migrationledger.contracts.policy.PolicyPlace.Section.APPROVALS;
import static dev.migrationledger.contracts.policy.PolicyPlace.Section.FINDINGS;
import static dev.migrationledger.contracts.policy.PolicyPlace.Section.FREEZE;
import static dev.migrationledger.contracts.policy.PolicyPlace.Section.FRESHNESS;
import static dev.migrationledger.contracts.policy.PolicyPlace.Section.PIPELINE;
import static dev.migrationledger.contracts.policy.PolicyPlace.Section.PROMOTION;
import static dev.migrationledger.contracts.policy.RuleMode.AUDIT;
import static dev.migrationledger.contracts.policy.RuleMode.ENFORCE;
import static dev.migrationledger.contracts.policy.RuleMode.WARN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.contracts.policy.AcceptedFinding;
import dev.migrationledger.contracts.policy.EnvironmentPolicy;
import dev.migrationledger.contracts.policy.EnvironmentSelector;
import dev.migrationledger.contracts.policy.FreezePeriod.Weekly;
import dev.migrationledger.contracts.policy.GateReason;
import dev.migrationledger.contracts.policy.GateReason.*;
import dev.migrationledger.contracts.policy.OtherEnvironment;
import dev.migrationledger.contracts.policy.Policy;
import dev.migrationledger.contracts.policy.Policy.*;
import dev.migrationledger.contracts.policy.PolicyPlace;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.core.policy.DeployRequest.Caller;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PolicyJudgeTest {

    /** A Wednesday. */
    private static final Instant NOW = Instant.parse("2026-06-03T12:00:00Z");

    private static final EnvironmentSelector PROD = EnvironmentSelector.labelled("tier", "prod");
    private static final EnvironmentSelector STAGING = EnvironmentSelector.labelled("tier", "staging");
    private static final Caller PROGRAM = new Caller(null, false);

    @Test
    void without_a_policy_an_error_blocks_a_warning_warns_and_information_is_recorded() {
        List<Finding> findings = List.of(finding(SCHEMA_HOLE, Severity.ERROR),
                finding(UNTRACKED_OBJECTS, Severity.WARNING),
                finding(BEHIND_HEAD, Severity.INFO));
        Judgement judgement = PolicyJudge.judge(Policy.DEFAULT, List.of(), with(findings));
        assertThat(judgement.reasons()).containsExactly(
                new FindingOpen(ENFORCE, null, new FoundDivergence(SCHEMA_HOLE, "", Severity.ERROR)),
                new FindingOpen(WARN, null, new FoundDivergence(UNTRACKED_OBJECTS, "", Severity.WARNING)),
                new FindingOpen(AUDIT, null, new FoundDivergence(BEHIND_HEAD, "", Severity.INFO)));
        assertThat(judgement.isBlocked()).isTrue();
    }

    @Test
    void without_findings_and_policy_a_deploy_is_allowed() {
        assertThat(judge(Policy.DEFAULT, with(List.of()))).isEmpty();
    }

    @Test
    void the_first_rule_about_a_code_that_selects_the_environment_counts() {
        Policy policy = findings(
                new FindingRule(Set.of(SCHEMA_HOLE), STAGING, AUDIT),
                new FindingRule(Set.of(SCHEMA_HOLE, UNTRACKED_OBJECTS), PROD, WARN),
                new FindingRule(Set.of(SCHEMA_HOLE), EnvironmentSelector.EVERYWHERE, ENFORCE));
        assertThat(judge(policy, with(List.of(finding(SCHEMA_HOLE, Severity.ERROR))))).containsExactly(
                new FindingOpen(WARN, new PolicyPlace(FINDINGS, 1),
                        new FoundDivergence(SCHEMA_HOLE, "", Severity.ERROR)));
    }

    @Test
    void an_accepted_finding_does_not_block_until_its_end() {
        Finding hole = finding(SCHEMA_HOLE, Severity.ERROR, "a", "b");
        FoundDivergence found = new FoundDivergence(SCHEMA_HOLE, "", Severity.ERROR);
        assertThat(judge(hole, accepted(hole, NOW.plusSeconds(1))))
                .isEqualTo(new FindingAccepted(null, found, "ann", NOW.plusSeconds(1)));
        assertThat(judge(hole, accepted(hole, NOW))).isEqualTo(new AcceptanceEnded(ENFORCE, null, found, "ann", NOW));
    }

    @Test
    void an_accepted_finding_that_got_better_stays_accepted() {
        Finding was = finding(SCHEMA_HOLE, Severity.ERROR, "a", "b");
        Instant until = NOW.plusSeconds(1);
        assertThat(judge(finding(SCHEMA_HOLE, Severity.ERROR, "a"), accepted(was, until)))
                .isInstanceOf(FindingAccepted.class);
        assertThat(judge(finding(SCHEMA_HOLE, Severity.WARNING, "a", "b"), accepted(was, until)))
                .isInstanceOf(FindingAccepted.class);
    }

    @Test
    void an_accepted_finding_that_got_worse_blocks() {
        Instant until = NOW.plusSeconds(1);
        assertThat(judge(finding(SCHEMA_HOLE, Severity.ERROR, "a", "c"),
                accepted(finding(SCHEMA_HOLE, Severity.ERROR, "a", "b"), until)))
                .isEqualTo(new WorseThanAccepted(ENFORCE, null, new FoundDivergence(SCHEMA_HOLE, "", Severity.ERROR),
                        Severity.ERROR, 1));
        assertThat(judge(finding(SCHEMA_HOLE, Severity.ERROR, "a"),
                accepted(finding(SCHEMA_HOLE, Severity.WARNING, "a"), until)))
                .isEqualTo(new WorseThanAccepted(ENFORCE, null, new FoundDivergence(SCHEMA_HOLE, "", Severity.ERROR),
                        Severity.WARNING, 0));
    }

    @Test
    void words_and_lines_and_the_time_since_when_it_is_so_do_not_make_an_accepted_finding_new() {
        Finding was = Finding.error(SCHEMA_HOLE, "A hole.", Exhibit.file("a.py", 3));
        Finding is = Finding.error(SCHEMA_HOLE, "Some hole.", Exhibit.file("a.py", 4), Exhibit.detail("See there."),
                new Exhibit(Exhibit.What.SINCE, "2026-06-03T11:00:00Z"));
        assertThat(judge(is, accepted(was, NOW.plusSeconds(1)))).isInstanceOf(FindingAccepted.class);
    }

    @Test
    void an_acceptance_counts_for_its_environment_code_and_subject_alone() {
        Finding hole = finding(SCHEMA_HOLE, Severity.ERROR, "a");
        AcceptedFinding elsewhere = new AcceptedFinding("staging", SCHEMA_HOLE, "", Severity.ERROR,
                AcceptedFinding.facts(hole), "known", "ann", NOW.plusSeconds(1));
        AcceptedFinding otherCode = accepted(finding(UNTRACKED_OBJECTS, Severity.ERROR, "a"), NOW.plusSeconds(1));
        AcceptedFinding otherSubject = new AcceptedFinding("production", SCHEMA_HOLE, "x", Severity.ERROR,
                AcceptedFinding.facts(hole), "known", "ann", NOW.plusSeconds(1));
        assertThat(PolicyJudge.judge(Policy.DEFAULT, List.of(elsewhere, otherCode, otherSubject), with(List.of(hole)))
                .reasons()).singleElement().isInstanceOf(FindingOpen.class);
    }

    @Test
    void an_acceptance_that_lasts_counts_beside_one_that_ended() {
        Finding hole = finding(SCHEMA_HOLE, Severity.ERROR, "a");
        assertThat(PolicyJudge.judge(Policy.DEFAULT,
                List.of(accepted(hole, NOW.minusSeconds(1)), accepted(hole, NOW.plusSeconds(1))), with(List.of(hole)))
                .isBlocked()).isFalse();
    }

    @Test
    void production_takes_what_staging_has_had_for_a_day() {
        Instant yesterday = NOW.minus(Duration.ofHours(24));
        assertThat(judge(promotion(), deploy(List.of("a1", "b2"),
                staging(Map.of("a1", yesterday.minusSeconds(9), "b2", yesterday))))).isEmpty();
        assertThat(judge(promotion(), deploy(List.of("a1", "b2"),
                staging(Map.of("a1", yesterday.plusSeconds(1), "b2", yesterday))))).containsExactly(
                        new AppliedTooRecently(ENFORCE, new PolicyPlace(PROMOTION, 0), "staging", "a1",
                                yesterday.plusSeconds(1), Duration.ofHours(24), NOW.plusSeconds(1)));
    }

    @Test
    void staging_has_to_be_observed_after_the_time_that_a_promotion_asks_for() {
        Instant applied = NOW.minus(Duration.ofDays(3));
        Instant day = applied.plus(Duration.ofDays(1));
        assertThat(judge(promotion(), deploy(List.of("a1"), staging(Map.of("a1", applied), day)))).isEmpty();
        assertThat(judge(promotion(), deploy(List.of("a1"), staging(Map.of("a1", applied), day.minusMillis(1)))))
                .containsExactly(new EarlierObservationTooOld(ENFORCE, new PolicyPlace(PROMOTION, 0), "staging", "a1",
                        day.minusMillis(1), day));
        assertThat(judge(promotion(), deploy(List.of("a1"), staging(Map.of("a1", applied), null))))
                .containsExactly(new EarlierObservationTooOld(ENFORCE, new PolicyPlace(PROMOTION, 0), "staging", "a1",
                        null, day));
    }

    @Test
    void staging_has_to_be_observed_in_the_last_week_or_as_lately_as_its_freshness_rule_says() {
        Instant week = NOW.minus(Duration.ofDays(7));
        Map<String, Instant> applied = Map.of("a1", NOW.minus(Duration.ofDays(30)));
        assertThat(judge(promotion(), deploy(List.of("a1"), staging(applied, week)))).isEmpty();
        assertThat(judge(promotion(), deploy(List.of("a1"), staging(applied, week.minusMillis(1)))))
                .containsExactly(new EarlierObservationTooOld(ENFORCE, new PolicyPlace(PROMOTION, 0), "staging", "a1",
                        week.minusMillis(1), week));
        Policy hour = new Policy(List.of(), promotion().promotions(),
                List.of(new FreshnessRule(STAGING, Duration.ofHours(1), WARN)), List.of(), List.of(), List.of(),
                Unreachable.LOCAL);
        assertThat(judge(hour, deploy(List.of("a1"), staging(applied, NOW.minus(Duration.ofHours(1)))))).isEmpty();
        assertThat(judge(hour, deploy(List.of("a1"), staging(applied, NOW.minus(Duration.ofHours(2))))))
                .containsExactly(new EarlierObservationTooOld(ENFORCE, new PolicyPlace(PROMOTION, 0), "staging", "a1",
                        NOW.minus(Duration.ofHours(2)), NOW.minus(Duration.ofHours(1))));
    }

    @Test
    void production_does_not_take_what_staging_did_not_apply() {
        assertThat(judge(promotion(), deploy(List.of("a1", "b2", "c3"), staging(Map.of("a1", Instant.EPOCH)))))
                .containsExactly(new NotAppliedEarlier(ENFORCE, new PolicyPlace(PROMOTION, 0), "staging",
                        List.of("b2", "c3")));
    }

    @Test
    void every_environment_that_a_promotion_names_has_to_have_applied() {
        assertThat(judge(promotion(), deploy(List.of("a1"), staging(Map.of("a1", Instant.EPOCH)),
                new OtherEnvironment("staging-eu", Map.of("tier", "staging"), Map.of(), NOW))))
                .containsExactly(new NotAppliedEarlier(ENFORCE, new PolicyPlace(PROMOTION, 0), "staging-eu",
                        List.of("a1")));
    }

    @Test
    void a_promotion_from_nowhere_blocks() {
        assertThat(judge(promotion(), deploy(List.of("a1"),
                new OtherEnvironment("test", Map.of("tier", "test"), Map.of("a1", Instant.EPOCH), NOW))))
                .containsExactly(new NoEarlierEnvironment(ENFORCE, new PolicyPlace(PROMOTION, 0)));
    }

    @Test
    void a_deploy_that_runs_nothing_needs_no_promotion() {
        assertThat(judge(promotion(), deploy(List.of()))).isEmpty();
    }

    @Test
    void an_observation_is_too_old_after_a_quarter_of_an_hour_or_what_the_policy_says() {
        Instant quarter = NOW.minus(Duration.ofMinutes(15));
        assertThat(judge(Policy.DEFAULT, observed(quarter))).isEmpty();
        assertThat(judge(Policy.DEFAULT, observed(quarter.minusMillis(1)))).containsExactly(
                new ObservationTooOld(ENFORCE, null, quarter.minusMillis(1), Duration.ofMinutes(15)));
        Policy hours = new Policy(List.of(), List.of(),
                List.of(new FreshnessRule(STAGING, Duration.ofDays(1), WARN),
                        new FreshnessRule(PROD, Duration.ofMinutes(1), WARN)),
                List.of(), List.of(), List.of(), Unreachable.LOCAL);
        assertThat(judge(hours, observed(quarter))).containsExactly(
                new ObservationTooOld(WARN, new PolicyPlace(FRESHNESS, 1), quarter, Duration.ofMinutes(1)));
    }

    @Test
    void what_the_deploy_itself_observed_is_enough_unless_a_rule_wants_an_agent() {
        DeployRequest unwatched = new DeployRequest("production", Map.of("tier", "prod"), List.of(), List.of(),
                List.of(), null, NOW, NOW, PROGRAM, 0, null);
        assertThat(judge(Policy.DEFAULT, unwatched)).isEmpty();
        Policy watched = new Policy(List.of(), List.of(),
                List.of(new FreshnessRule(PROD, Duration.ofMinutes(1), ENFORCE)),
                List.of(), List.of(), List.of(), Unreachable.LOCAL);
        assertThat(judge(watched, unwatched)).containsExactly(
                new NeverObserved(ENFORCE, new PolicyPlace(FRESHNESS, 0)));
    }

    @Test
    void an_environment_that_was_never_observed_is_blocked() {
        assertThat(judge(Policy.DEFAULT, observed(null))).containsExactly(new NeverObserved(ENFORCE, null));
    }

    @Test
    void a_freeze_blocks_all_but_the_roles_that_pass_and_those_above_them() {
        PolicyPlace place = new PolicyPlace(FREEZE, 0);
        Instant until = Instant.parse("2026-06-03T16:00:00Z");
        assertThat(judge(freeze(), by(PROGRAM))).containsExactly(
                new Frozen(ENFORCE, place, "day", until, Set.of(Role.APPROVER)));
        assertThat(judge(freeze(), by(new Caller(null, true)))).hasOnlyElementsOfType(Frozen.class);
        assertThat(judge(freeze(), by(new Caller(Role.VIEWER, false)))).hasOnlyElementsOfType(Frozen.class);
        assertThat(judge(freeze(), by(new Caller(Role.APPROVER, false))))
                .containsExactly(new FreezePassed(place, "day", until, Role.APPROVER));
        assertThat(judge(freeze(), by(new Caller(Role.ADMINISTRATOR, false))))
                .hasOnlyElementsOfType(FreezePassed.class);
    }

    @Test
    void a_deploy_that_began_before_a_freeze_may_end() {
        Instant begun = NOW.minusSeconds(60);
        assertThat(judge(freeze(), deploy(List.of(), List.of(), List.of(), NOW, PROGRAM, 0, begun))).containsExactly(
                new AlreadyBegun(new PolicyPlace(FREEZE, 0), "day", Instant.parse("2026-06-03T16:00:00Z"), begun));
    }

    @Test
    void only_a_pipeline_deploys_where_one_is_required() {
        Policy policy = new Policy(List.of(), List.of(), List.of(), List.of(), List.of(new PipelineRule(PROD, ENFORCE)),
                List.of(), Unreachable.LOCAL);
        assertThat(judge(policy, by(new Caller(null, true)))).isEmpty();
        assertThat(judge(policy, by(new Caller(Role.ADMINISTRATOR, false))))
                .containsExactly(new NoPipeline(ENFORCE, new PolicyPlace(PIPELINE, 0)));
    }

    @Test
    void approvals_are_counted() {
        Policy policy = new Policy(List.of(), List.of(), List.of(), List.of(), List.of(),
                List.of(new ApprovalRule(PROD, 2, ENFORCE)), Unreachable.LOCAL);
        assertThat(judge(policy, deploy(List.of(), List.of(), List.of(), NOW, PROGRAM, 2, null))).isEmpty();
        assertThat(judge(policy, deploy(List.of(), List.of(), List.of(), NOW, PROGRAM, 1, null)))
                .containsExactly(new ApprovalsMissing(ENFORCE, new PolicyPlace(APPROVALS, 0), 2, 1));
    }

    @Test
    void rules_of_other_environments_do_not_count() {
        Policy policy = new Policy(List.of(new FindingRule(Set.of(SCHEMA_HOLE), STAGING, AUDIT)), List.of(),
                List.of(new FreshnessRule(STAGING, Duration.ofDays(9), AUDIT)), List.of(),
                List.of(new PipelineRule(STAGING, ENFORCE)), List.of(new ApprovalRule(STAGING, 1, ENFORCE)),
                Unreachable.LOCAL);
        assertThat(judge(policy, with(List.of(finding(SCHEMA_HOLE, Severity.ERROR)))))
                .containsExactly(new FindingOpen(ENFORCE, null, new FoundDivergence(SCHEMA_HOLE, "", Severity.ERROR)));
    }

    @Test
    void a_deploy_of_the_past_is_judged_again_by_what_was_found_then() {
        FoundDivergence found = new FoundDivergence(SCHEMA_HOLE, "", Severity.ERROR);
        PolicyPlace place = new PolicyPlace(FINDINGS, 0);
        Policy policy = new Policy(List.of(new FindingRule(Set.of(SCHEMA_HOLE), PROD, WARN)),
                promotion().promotions(), List.of(), List.of(), List.of(), List.of(), Unreachable.LOCAL);
        assertThat(PolicyJudge.judgeAgain(policy, List.of(new FindingOpen(ENFORCE, null, found),
                new FindingAccepted(null, found, "ann", NOW), new AcceptanceEnded(ENFORCE, null, found, "ann", NOW),
                new WorseThanAccepted(ENFORCE, null, found, Severity.WARNING, 2),
                new NoPipeline(ENFORCE, new PolicyPlace(PIPELINE, 0))), deploy(List.of("a1"), staging(Map.of())))
                .reasons()).containsExactly(
                        new FindingOpen(WARN, place, found), new FindingAccepted(place, found, "ann", NOW),
                        new AcceptanceEnded(WARN, place, found, "ann", NOW),
                        new WorseThanAccepted(WARN, place, found, Severity.WARNING, 2),
                        new NotAppliedEarlier(ENFORCE, new PolicyPlace(PROMOTION, 0), "staging", List.of("a1")));
    }

    @Test
    void while_the_ledger_does_not_answer_what_only_it_knows_meets_no_rule() {
        Policy policy = new Policy(List.of(), promotion().promotions(),
                List.of(new FreshnessRule(PROD, Duration.ofDays(1), WARN)), freeze().freezes(),
                List.of(new PipelineRule(PROD, ENFORCE), new PipelineRule(STAGING, ENFORCE)),
                List.of(new ApprovalRule(PROD, 1, AUDIT)), Unreachable.LOCAL);
        Finding hole = finding(SCHEMA_HOLE, Severity.ERROR);
        EnvironmentPolicy held = new EnvironmentPolicy(EnvironmentPolicy.FORM, "navbot", "production", Map.of(), 1,
                policy, List.of(accepted(hole, NOW.plusSeconds(1))), NOW.minusSeconds(60));
        assertThat(PolicyJudge.judgeAlone(held, deploy(List.of(hole), List.of("b"), List.of(), null, PROGRAM, 0, null))
                .reasons()).containsExactly(
                        new LedgerUnreachable(WARN, Unreachable.LOCAL, NOW.minusSeconds(60)),
                        new FindingAccepted(null, new FoundDivergence(SCHEMA_HOLE, "", Severity.ERROR), "ann",
                                NOW.plusSeconds(1)),
                        new LedgerNeeded(ENFORCE, new PolicyPlace(PROMOTION, 0)),
                        new LedgerNeeded(WARN, new PolicyPlace(FRESHNESS, 0)),
                        new Frozen(ENFORCE, new PolicyPlace(FREEZE, 0), "day", Instant.parse("2026-06-03T16:00:00Z"),
                                Set.of(Role.APPROVER)),
                        new LedgerNeeded(ENFORCE, new PolicyPlace(PIPELINE, 0)),
                        new LedgerNeeded(AUDIT, new PolicyPlace(APPROVALS, 0)));
    }

    private static Policy findings(FindingRule... rules) {
        return new Policy(List.of(rules), List.of(), List.of(), List.of(), List.of(), List.of(), Unreachable.LOCAL);
    }

    private static Policy promotion() {
        return new Policy(List.of(), List.of(new PromotionRule(PROD, STAGING, Duration.ofHours(24), ENFORCE)),
                List.of(),
                List.of(), List.of(), List.of(), Unreachable.LOCAL);
    }

    private static Policy freeze() {
        Weekly day = Weekly.on(Set.of(DayOfWeek.WEDNESDAY), LocalTime.of(8, 0), LocalTime.of(16, 0));
        return new Policy(List.of(), List.of(), List.of(),
                List.of(new FreezeRule("day", PROD, ZoneOffset.UTC, day, Set.of(Role.APPROVER), ENFORCE)), List.of(),
                List.of(), Unreachable.LOCAL);
    }

    private static List<GateReason> judge(Policy policy, DeployRequest request) {
        return PolicyJudge.judge(policy, List.of(), request).reasons();
    }

    private static GateReason judge(Finding finding, AcceptedFinding accepted) {
        return PolicyJudge.judge(Policy.DEFAULT, List.of(accepted), with(List.of(finding))).reasons().getFirst();
    }

    private static AcceptedFinding accepted(Finding finding, Instant until) {
        return new AcceptedFinding("production", finding.code(), finding.subject(), finding.severity(),
                AcceptedFinding.facts(finding), "known", "ann", until);
    }

    private static Finding finding(DivergenceCode code, Severity severity, String... tables) {
        return new Finding(code, severity, "", "Something is wrong.",
                List.of(tables).stream().map(table -> Exhibit.object(ObjectName.table("public", table))).toList(),
                List.of());
    }

    private static OtherEnvironment staging(Map<String, Instant> applied) {
        return staging(applied, NOW);
    }

    private static OtherEnvironment staging(Map<String, Instant> applied, @Nullable Instant watchedAt) {
        return new OtherEnvironment("staging", Map.of("tier", "staging"), applied, watchedAt);
    }

    private static DeployRequest with(List<Finding> findings) {
        return deploy(findings, List.of(), List.of(), NOW, PROGRAM, 0, null);
    }

    private static DeployRequest deploy(List<String> pending, OtherEnvironment... others) {
        return deploy(List.of(), pending, List.of(others), NOW, PROGRAM, 0, null);
    }

    private static DeployRequest observed(@Nullable Instant at) {
        return deploy(List.of(), List.of(), List.of(), at, PROGRAM, 0, null);
    }

    private static DeployRequest by(Caller caller) {
        return deploy(List.of(), List.of(), List.of(), NOW, caller, 0, null);
    }

    private static DeployRequest deploy(
            List<Finding> findings, List<String> pending, List<OtherEnvironment> others, @Nullable Instant observedAt,
            Caller caller, int approvals, @Nullable Instant begunAt) {
        return new DeployRequest("production", Map.of("tier", "prod"), findings, pending, others, observedAt, null, NOW,
                caller,
                approvals, begunAt);
    }
}
