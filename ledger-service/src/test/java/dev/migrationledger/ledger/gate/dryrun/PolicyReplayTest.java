package dev.migrationledger.ledger.gate.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.event.GateEvent.Asker;
import dev.migrationledger.contracts.event.GateEvent.Circumstances;
import dev.migrationledger.contracts.event.GateEvent.Deploy;
import dev.migrationledger.contracts.event.ObservedScripts;
import dev.migrationledger.contracts.gate.DeployRecord;
import dev.migrationledger.contracts.gate.GateAnswer.Decision;
import dev.migrationledger.contracts.gate.GateOverride;
import dev.migrationledger.contracts.gate.PolicyDryRun.Changed;
import dev.migrationledger.contracts.gate.PolicyDryRun.NotJudged;
import dev.migrationledger.contracts.gate.PolicyDryRun.Why;
import dev.migrationledger.contracts.gate.PolicyDryRun;
import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.contracts.policy.EnvironmentSelector;
import dev.migrationledger.contracts.policy.GateReason.*;
import dev.migrationledger.contracts.policy.GateReason;
import dev.migrationledger.contracts.policy.OtherEnvironment;
import dev.migrationledger.contracts.policy.Policy.*;
import dev.migrationledger.contracts.policy.Policy;
import dev.migrationledger.contracts.policy.PolicyPlace.Section;
import dev.migrationledger.contracts.policy.PolicyPlace;
import dev.migrationledger.contracts.policy.RuleMode;
import dev.migrationledger.contracts.text.Fingerprint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PolicyReplayTest {

    private static final Instant THEN = Instant.parse("2026-06-03T12:00:00Z");
    private static final EnvironmentSelector PROD = EnvironmentSelector.labelled("tier", "prod");
    private static final FoundDivergence HOLE = new FoundDivergence(DivergenceCode.SCHEMA_HOLE, "", Severity.ERROR);
    private static final GateReason OPEN = new FindingOpen(RuleMode.ENFORCE, null, HOLE);
    private static final OtherEnvironment STAGING = new OtherEnvironment("staging", Map.of("tier", "staging"),
            Map.of("b", THEN.minusSeconds(60)), THEN);

    private static final Policy APPROVALS = policy(List.of(), List.of(),
            List.of(new ApprovalRule(PROD, 1, RuleMode.ENFORCE)));
    private static final Policy LENIENT = policy(
            List.of(new FindingRule(Set.of(DivergenceCode.SCHEMA_HOLE), PROD, RuleMode.WARN)), List.of(), List.of());
    private static final Policy PROMOTION = policy(List.of(), List.of(new PromotionRule(PROD,
            EnvironmentSelector.labelled("tier", "staging"), Duration.ofSeconds(90), RuleMode.ENFORCE)), List.of());

    @Test
    void the_same_answer_is_counted_and_not_listed() {
        PolicyDryRun run = replay(Policy.DEFAULT, allowed(circumstances()), blocked(circumstances(), OPEN));
        assertThat(run.deploys()).isEqualTo(2);
        assertThat(run.same()).isEqualTo(2);
        assertThat(run.changed()).isEmpty();
        assertThat(run.notJudged()).isZero();
    }

    @Test
    void a_finding_of_then_has_the_mode_of_the_other_policy() {
        assertThat(replay(LENIENT, blocked(circumstances(), OPEN)).changed()).singleElement().satisfies(it -> {
            assertThat(it.decision()).isEqualTo(Decision.ALLOWED);
            assertThat(it.reasons()).containsExactly(
                    new FindingOpen(RuleMode.WARN, new PolicyPlace(Section.FINDINGS, 0), HOLE));
        });
        assertThat(replay(Policy.DEFAULT, allowed(circumstances(),
                new FindingOpen(RuleMode.WARN, new PolicyPlace(Section.FINDINGS, 0), HOLE))).blocked()).isEqualTo(1);
    }

    @Test
    void approvals_labels_and_the_time_are_those_of_then() {
        assertThat(replay(APPROVALS, allowed(circumstances())).changed()).containsExactly(new Changed(new UUID(0, 1),
                "production", THEN, "ci", Decision.BLOCKED,
                List.of(new ApprovalsMissing(RuleMode.ENFORCE, new PolicyPlace(Section.APPROVALS, 0), 1, 0))));
        assertThat(replay(APPROVALS, allowed(new Circumstances(Map.of("tier", "prod"), null, 1, THEN, List.of())))
                .same()).isEqualTo(1);
        assertThat(replay(APPROVALS, allowed(new Circumstances(Map.of("tier", "test"), null, 0, THEN, List.of())))
                .same()).isEqualTo(1);
    }

    @Test
    void promotions_are_judged_by_what_was_applied_elsewhere_then() {
        assertThat(replay(PROMOTION, allowed(circumstances())).changed().getFirst().reasons()).containsExactly(
                new AppliedTooRecently(RuleMode.ENFORCE, new PolicyPlace(Section.PROMOTION, 0), "staging", "b",
                        THEN.minusSeconds(60), Duration.ofSeconds(90), THEN.plusSeconds(30)));
    }

    @Test
    void what_was_not_recorded_is_not_guessed() {
        assertThat(replay(Policy.DEFAULT, allowed(null)).unknown()).containsExactly(
                new NotJudged(new UUID(0, 1), "production", THEN, "ci", Why.NO_CIRCUMSTANCES));
        Circumstances large = new Circumstances(Map.of("tier", "prod"), null, 0, THEN, null);
        PolicyDryRun run = replay(PROMOTION, allowed(large), blocked(large, OPEN));
        assertThat(run.unknown()).extracting(NotJudged::why).containsExactly(Why.TOO_MANY_ENVIRONMENTS);
        assertThat(run.same()).as("a finding blocks it anyway").isEqualTo(1);
        assertThat(replay(APPROVALS, allowed(large)).blocked()).as("no promotion asks").isEqualTo(1);
    }

    @Test
    void an_override_that_was_open_lets_a_deploy_pass_under_every_policy() {
        GateOverride override = new GateOverride(new UUID(0, 9), "navbot", "production", "ann", "outage",
                THEN.minusSeconds(60), THEN.plusSeconds(60), null, null, null, List.of(), null, null, null);
        DeployRecord deploy = allowed(circumstances());
        assertThat(replay(APPROVALS, List.of(override), deploy).same()).isEqualTo(1);
        assertThat(replay(APPROVALS, List.of(override.closed(THEN.minusSeconds(1), "ann", null)), deploy).blocked())
                .isEqualTo(1);
        assertThat(replay(Policy.DEFAULT, List.of(override), blocked(circumstances(), OPEN)).allowed()).isEqualTo(1);
    }

    @Test
    void a_deploy_that_another_one_held_up_stays_blocked() {
        assertThat(replay(LENIENT, blocked(circumstances(), OPEN, new DeployRunning(new UUID(0, 2), "ann", THEN)))
                .same()).isEqualTo(1);
    }

    private static PolicyDryRun replay(Policy policy, DeployRecord... deploys) {
        return replay(policy, List.of(), deploys);
    }

    private static PolicyDryRun replay(Policy policy, List<GateOverride> overrides, DeployRecord... deploys) {
        return PolicyReplay.of("navbot", policy, THEN.minusSeconds(3600), List.of(deploys), overrides);
    }

    private static Policy policy(
            List<FindingRule> findings, List<PromotionRule> promotions, List<ApprovalRule> approvals) {
        return new Policy(findings, promotions, List.of(), List.of(), List.of(), approvals, Unreachable.LOCAL);
    }

    private static Circumstances circumstances() {
        return new Circumstances(Map.of("tier", "prod"), Role.VIEWER, 0, THEN, List.of(STAGING));
    }

    private static DeployRecord allowed(@Nullable Circumstances then, GateReason... reasons) {
        return deploy(Decision.ALLOWED, then, reasons);
    }

    private static DeployRecord blocked(@Nullable Circumstances then, GateReason... reasons) {
        return deploy(Decision.BLOCKED, then, reasons);
    }

    private static DeployRecord deploy(Decision decision, @Nullable Circumstances then, GateReason... reasons) {
        String digest = "0".repeat(64);
        return new DeployRecord(new UUID(0, 1), "navbot", "production", decision,
                new Deploy("ci", Asker.PERSON, new ObservedScripts("git:1", 1, digest, List.of("b")), List.of("a"),
                        new Fingerprint(1, digest), List.of("b"), THEN, null),
                List.of(reasons), 0, then, null, THEN, null, null, List.of(), List.of(), null, null);
    }
}
