package dev.migrationledger.ledger.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.Event;
import dev.migrationledger.contracts.event.GateEvent.*;
import dev.migrationledger.contracts.event.ObservedScripts;
import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.contracts.policy.EnvironmentSelector;
import dev.migrationledger.contracts.policy.GateReason.ApprovalsMissing;
import dev.migrationledger.contracts.policy.GateReason.DeployRunning;
import dev.migrationledger.contracts.policy.GateReason.FindingOpen;
import dev.migrationledger.contracts.policy.GateReason.Overridden;
import dev.migrationledger.contracts.policy.Policy;
import dev.migrationledger.contracts.policy.Policy.ApprovalRule;
import dev.migrationledger.contracts.policy.Policy.Unreachable;
import dev.migrationledger.contracts.policy.PolicyPlace;
import dev.migrationledger.contracts.policy.RuleMode;
import dev.migrationledger.contracts.text.Fingerprint;
import dev.migrationledger.core.policy.DeployRequest;
import dev.migrationledger.ledger.gate.DeployCommand.*;
import dev.migrationledger.ledger.gate.DeployResult.*;
import dev.migrationledger.ledger.policy.ProjectPolicies;
import dev.migrationledger.ledger.recording.stream.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeployDecisionsTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final UUID FIRST = new UUID(0, 1);
    private static final UUID SECOND = new UUID(0, 2);
    private static final Finding HOLE = new Finding(DivergenceCode.SCHEMA_HOLE, Severity.ERROR, "", "A hole.",
            List.of(), List.of());

    private DeploysState state = DeploysState.DEFINITION.initial();
    private final List<Event> events = new ArrayList<>();
    private Instant now = NOON;
    private final Map<UUID, Instant> heard = new HashMap<>();
    private Policy policy = Policy.DEFAULT;
    private List<String> rows = List.of("a");

    @Test
    void a_deploy_without_a_reason_against_it_is_allowed_for_15_minutes() {
        Answered answered = ask(FIRST, false);
        assertThat(answered.answer()).isInstanceOfSatisfying(DeployAllowed.class, allowed -> {
            assertThat(allowed.expiresAt()).isEqualTo(NOON.plus(Duration.ofMinutes(15)));
            assertThat(allowed.reasons()).isEmpty();
        });
        assertThat(ask(SECOND, false, HOLE).answer()).isInstanceOfSatisfying(DeployBlocked.class,
                blocked -> assertThat(blocked.reasons()).singleElement().isInstanceOf(FindingOpen.class));
        assertThat(events).hasSize(2);
    }

    @Test
    void of_two_deploys_at_once_one_runs() {
        assertThat(ask(FIRST, true).answer()).isInstanceOf(DeployAllowed.class);
        // An answer that was lost on its way is given again, and not recorded again.
        assertThat(ask(FIRST, true).answer()).isEqualTo(events.getFirst());
        assertThat(events).hasSize(1);

        assertThat(ask(SECOND, true).answer()).isInstanceOfSatisfying(DeployBlocked.class,
                blocked -> assertThat(blocked.reasons()).containsExactly(
                        new DeployRunning(FIRST, "ann", NOON)));
        // Not even a question that will not deploy at once is answered as if nothing ran.
        assertThat(ask(SECOND, false).answer()).isInstanceOf(DeployBlocked.class);
        assertThat(decide(new End("navbot", "production", now, 0, SECOND, 0))).isInstanceOf(Unknown.class);
        assertThat(decide(new End("navbot", "production", now, 0, FIRST, 0))).isInstanceOf(Done.class);
        assertThat(ask(SECOND, true).answer()).isInstanceOf(DeployAllowed.class);
        assertThat(decide(new End("navbot", "production", now, 0, FIRST, 0))).isInstanceOf(Unknown.class);
    }

    @Test
    void a_run_that_was_killed_holds_up_others_for_a_minute() {
        ask(FIRST, true);
        now = NOON.plusSeconds(50);
        heard.put(FIRST, now);
        now = NOON.plusSeconds(110);
        assertThat(ask(SECOND, true).answer()).isInstanceOf(DeployBlocked.class);
        now = NOON.plusSeconds(111);
        assertThat(ask(SECOND, true).answer()).isInstanceOf(DeployAllowed.class);
        assertThat(events).contains(new DeployEnded(FIRST, new UUID(1, 1), null));
        // Another deploy's heartbeat does not keep this one alive.
        now = NOON.plusSeconds(172);
        heard.put(FIRST, now);
        assertThat(ask(new UUID(0, 3), true).answer()).isInstanceOf(DeployAllowed.class);
        // Nor does it hide that this one is heard of.
        now = NOON.plusSeconds(240);
        heard.put(FIRST, now);
        heard.put(new UUID(0, 3), now.minusSeconds(20));
        assertThat(ask(SECOND, true).answer()).isInstanceOf(DeployBlocked.class);
    }

    @Test
    void an_override_lets_a_deploy_run_and_has_to_be_reviewed_before_the_next() {
        UUID override = opened(Duration.ofHours(1));
        assertThat(decide(open(Duration.ofHours(1)))).isInstanceOf(OpenAlready.class);
        Answered answered = ask(FIRST, false, HOLE);
        assertThat(answered.answer()).isInstanceOfSatisfying(DeployAllowed.class, allowed -> {
            assertThat(allowed.override()).isEqualTo(override);
            assertThat(allowed.reasons()).last().isEqualTo(new Overridden(override, "ann", NOON.plusSeconds(3600)));
        });
        assertThat(decide(review(override))).isInstanceOf(StillOpen.class);
        assertThat(decide(new CloseOverride("navbot", "production", now, 0, override, "bob",
                "checkout is back"))).isInstanceOf(Done.class);
        assertThat(events).contains(new OverrideClosed(override, "bob", "checkout is back"));
        assertThat(ask(SECOND, false, HOLE).answer()).isInstanceOf(DeployBlocked.class);
        assertThat(decide(open(Duration.ofHours(1)))).isEqualTo(new ReviewDue("ann"));
        assertThat(decide(review(override))).isInstanceOf(Done.class);
        assertThat(decide(review(override))).isInstanceOf(Unknown.class);
        opened(Duration.ofHours(1));
    }

    @Test
    void an_override_closes_when_its_time_is_over_and_needs_no_review_where_nothing_ran_under_it() {
        UUID override = opened(Duration.ofMinutes(5));
        assertThat(ask(FIRST, false).answer()).isInstanceOfSatisfying(DeployAllowed.class,
                allowed -> assertThat(allowed.override()).isNull());
        now = NOON.plus(Duration.ofMinutes(5));
        assertThat(ask(SECOND, false, HOLE).answer()).isInstanceOf(DeployBlocked.class);
        assertThat(events).contains(new OverrideClosed(override, null, null));
        opened(Duration.ofMinutes(5));
    }

    @Test
    void the_end_of_an_override_is_recorded_once_as_of_its_time_however_late() {
        UUID override = opened(Duration.ofMinutes(5));
        now = NOON.plus(Duration.ofMinutes(5)).minusNanos(1);
        assertThat(closedByTime()).isEmpty();
        now = NOON.plus(Duration.ofMinutes(8));
        assertThat(closedByTime()).singleElement().satisfies(event -> {
            assertThat(event.event()).isEqualTo(new OverrideClosed(override, null, null));
            assertThat(event.occurredAt()).isEqualTo(Occurrence.exactly(NOON.plus(Duration.ofMinutes(5))));
            assertThat(event.recordedAt()).isEqualTo(now);
        });
        assertThat(closedByTime()).isEmpty();
    }

    @Test
    void an_override_that_a_person_closed_does_not_close_by_time() {
        UUID override = opened(Duration.ofMinutes(5));
        decide(new CloseOverride("navbot", "production", now, 0, override, "bob", null));
        now = NOON.plus(Duration.ofMinutes(8));
        assertThat(closedByTime()).isEmpty();
    }

    private List<RecordedEvent> closedByTime() {
        Decision<DeployResult> decision = DeployDecisions.decide(state,
                new CloseByTime("navbot", "production", now, events.size()));
        decision.events().forEach(event -> state = DeploysState.DEFINITION.evolve(state, event));
        assertThat(decision.result()).isEqualTo(new Done());
        return decision.events();
    }

    @Test
    void no_override_lets_two_deploys_run_at_once() {
        ask(FIRST, true);
        opened(Duration.ofHours(1));
        assertThat(ask(SECOND, true, HOLE).answer()).isInstanceOf(DeployBlocked.class);
    }

    @Test
    void an_approval_counts_for_the_same_scripts_and_rows_and_not_by_who_asked() {
        policy = new Policy(List.of(), List.of(), List.of(), List.of(), List.of(),
                List.of(new ApprovalRule(EnvironmentSelector.EVERYWHERE, 2, RuleMode.ENFORCE)), Unreachable.LOCAL);
        assertThat(ask(FIRST, false).answer().reasons()).containsExactly(missing(0));
        assertThat(decide(approve(FIRST, "ann"))).isInstanceOf(OwnDeploy.class);
        assertThat(decide(approve(FIRST, "bob"))).isInstanceOf(Done.class);
        assertThat(decide(approve(FIRST, "bob"))).isInstanceOf(Done.class);
        assertThat(ask(SECOND, false).answer().reasons()).containsExactly(missing(1));
        assertThat(decide(approve(SECOND, "eve"))).isInstanceOf(Done.class);
        assertThat(ask(new UUID(0, 3), false).answer()).isInstanceOf(DeployAllowed.class);
        rows = List.of("b");
        assertThat(ask(new UUID(0, 4), false).answer().reasons()).containsExactly(missing(0));
        assertThat(decide(approve(new UUID(0, 99), "eve"))).isInstanceOf(Unknown.class);
    }

    @Test
    void what_an_agent_decided_by_itself_is_recorded_once() {
        DeployDecidedLocally decided = new DeployDecidedLocally(FIRST,
                new Deploy("db-1", Asker.AGENT, new ObservedScripts("alembic.ini", 3, "d1", List.of("b")), rows,
                        new Fingerprint(2, "f1"), List.of("b"), NOON.minusSeconds(600), null),
                List.of(), 1, NOON.minusSeconds(3600), true, NOON.minusSeconds(600));
        for (int times = 0; times < 2; times++) {
            assertThat(decide(new Report("navbot", "production", now, times, decided))).isInstanceOf(Done.class);
        }
        assertThat(events).containsExactly(decided);
        // It does not hold up other deploys.
        assertThat(ask(SECOND, true).answer()).isInstanceOf(DeployAllowed.class);
    }

    private static ApprovalsMissing missing(int given) {
        return new ApprovalsMissing(RuleMode.ENFORCE, new PolicyPlace(PolicyPlace.Section.APPROVALS, 0), 2, given);
    }

    private Approve approve(UUID deploy, String by) {
        return new Approve("navbot", "production", now, events.size(), deploy, by, null);
    }

    private UUID opened(Duration time) {
        return ((Opened) decide(open(time))).override().override();
    }

    private OpenOverride open(Duration time) {
        return new OpenOverride("navbot", "production", now, now.getEpochSecond() + events.size(), "ann",
                "checkout is down",
                now.plus(time));
    }

    private ReviewOverride review(UUID override) {
        return new ReviewOverride("navbot", "production", now, 0, override, "bob", "as announced");
    }

    private Answered ask(UUID deploy, boolean runs, Finding... findings) {
        Deploy asked = new Deploy("ann", Asker.PERSON, new ObservedScripts("alembic.ini", 3, "d1", List.of("b")),
                rows, new Fingerprint(2, "f1"), List.of("b"), now, runs ? new UUID(1, 1) : null);
        DeployRequest request = new DeployRequest("production", Map.of(), List.of(findings), List.of("b"), List.of(),
                null, now, now, new DeployRequest.Caller(Role.VIEWER, false), 0, null);
        return (Answered) decide(new Ask("navbot", "production", now, events.size(), deploy, asked, request, true,
                new ProjectPolicies.Current(0, policy, List.of()), heard));
    }

    private DeployResult decide(DeployCommand command) {
        Decision<DeployResult> decision = DeployDecisions.decide(state, command);
        for (RecordedEvent event : decision.events()) {
            state = DeploysState.DEFINITION.evolve(state, event);
            events.add(event.event());
        }
        return decision.result();
    }
}
