package dev.migrationledger.ledger.policy.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.PolicyEvent;
import dev.migrationledger.contracts.event.PolicyEvent.AcceptanceExpired;
import dev.migrationledger.contracts.event.PolicyEvent.AcceptanceGranted;
import dev.migrationledger.contracts.event.PolicyEvent.AcceptanceWithdrawn;
import dev.migrationledger.contracts.policy.AcceptedFinding;
import dev.migrationledger.contracts.policy.Baseline.Status;
import dev.migrationledger.ledger.recording.stream.Decision;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BaselineDecisionsTest {

    private static final Instant NOW = Instant.parse("2026-06-03T12:00:00Z");
    private static final Instant UNTIL = NOW.plusSeconds(86_400);

    @Test
    void a_finding_is_accepted_with_its_severity_and_the_digests_of_its_evidence() {
        Finding hole = hole("a", "b");
        Decision<BaselineResult> decision = BaselineDecisions.accept(List.of(), accept(1, hole, "known"));
        AcceptanceGranted granted = (AcceptanceGranted) decision.events().getFirst().event();
        assertThat(decision.result()).isEqualTo(new BaselineResult.Done(Set.of(id(1))));
        assertThat(granted.facts()).hasSize(2).isSorted().containsExactlyInAnyOrderElementsOf(
                AcceptedFinding.facts(hole));
        assertThat(granted).isEqualTo(new AcceptanceGranted(id(1), "production", DivergenceCode.SCHEMA_HOLE, "",
                Severity.ERROR, granted.facts(), "known", "ann", UNTIL, "ada"));
    }

    @Test
    void what_is_accepted_already_is_not_recorded_again() {
        List<AcceptanceGranted> baseline = after(List.of(), accept(1, hole("a"), "known"));
        assertThat(BaselineDecisions.accept(baseline, accept(2, hole("a"), "known")))
                .isEqualTo(new Decision<>(new BaselineResult.Done(Set.of(id(1))), List.of()));
    }

    @Test
    void another_reason_or_new_evidence_replaces_what_was_accepted() {
        List<AcceptanceGranted> baseline = after(List.of(), accept(1, hole("a"), "known"));
        assertThat(after(baseline, accept(2, hole("a"), "ticket 7"))).extracting(AcceptanceGranted::acceptance)
                .containsExactly(id(2));
        assertThat(after(baseline, accept(2, hole("a", "b"), "known"))).extracting(AcceptanceGranted::acceptance)
                .containsExactly(id(2));
    }

    @Test
    void what_is_withdrawn_counts_no_longer_and_is_unknown_afterwards() {
        List<AcceptanceGranted> baseline = after(List.of(), accept(1, hole("a"), "known"));
        WithdrawAcceptance command = new WithdrawAcceptance("navbot", id(1), id(2), NOW, "ada");
        Decision<BaselineResult> decision = BaselineDecisions.withdraw(baseline, command);
        assertThat(decision.events()).extracting(RecordedEvent::event)
                .containsExactly(new AcceptanceWithdrawn(id(1), "ada"));
        List<AcceptanceGranted> withdrawn = evolved(baseline, decision);
        assertThat(withdrawn).isEmpty();
        assertThat(BaselineDecisions.withdraw(withdrawn, command))
                .isEqualTo(new Decision<>(new BaselineResult.Unknown(), List.of()));
    }

    @Test
    void the_end_of_an_acceptance_is_recorded_once_as_of_its_time_however_late() {
        List<AcceptanceGranted> baseline = after(List.of(), accept(1, hole("a"), "known"));
        assertThat(expire(baseline, Set.of(), UNTIL.minusNanos(1))).isEmpty();
        List<RecordedEvent> events = expire(baseline, Set.of(), UNTIL.plusSeconds(90));
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.event()).isEqualTo(new AcceptanceExpired(id(1)));
            assertThat(event.occurredAt()).isEqualTo(Occurrence.exactly(UNTIL));
            assertThat(event.recordedAt()).isEqualTo(UNTIL.plusSeconds(90));
        });
        PolicyEvent expired = (PolicyEvent) events.getFirst().event();
        assertThat(BaselineDecisions.evolve(baseline, expired)).as("it can still be withdrawn").isEqualTo(baseline);
        Set<UUID> known = BaselineDecisions.expired(Set.of(), baseline, expired);
        assertThat(known).containsExactly(id(1));
        assertThat(expire(baseline, known, UNTIL.plusSeconds(90))).isEmpty();
    }

    @Test
    void a_finding_that_is_accepted_again_expires_again() {
        List<AcceptanceGranted> baseline = after(List.of(), accept(1, hole("a"), "known"));
        AcceptFindings again = new AcceptFindings("navbot", "production", Map.of(id(2), hole("a")), "known", "ann",
                UNTIL.plusSeconds(86_400), UNTIL.plusSeconds(60), "ada");
        Decision<BaselineResult> decision = BaselineDecisions.accept(baseline, again);
        List<AcceptanceGranted> renewed = evolved(baseline, decision);
        Set<UUID> known = BaselineDecisions.expired(Set.of(id(1)), renewed,
                (PolicyEvent) decision.events().getFirst().event());
        assertThat(known).isEmpty();
        assertThat(expire(renewed, known, UNTIL.plusSeconds(60))).isEmpty();
        assertThat(expire(renewed, known, UNTIL.plusSeconds(86_400))).extracting(RecordedEvent::event)
                .containsExactly(new AcceptanceExpired(id(2)));
    }

    private static List<RecordedEvent> expire(List<AcceptanceGranted> baseline, Set<UUID> expired, Instant now) {
        return BaselineDecisions.expire(baseline, expired, new ExpireAcceptances("navbot", now, 7)).events();
    }

    @Test
    void a_baseline_has_a_limit_and_what_exceeds_it_changes_nothing() {
        Map<UUID, Finding> many = new HashMap<>();
        for (int i = 0; i <= BaselineDecisions.MOST; i++) {
            many.put(id(i), new Finding(DivergenceCode.SCHEMA_HOLE, Severity.ERROR, "s" + i, "", List.of(), List.of()));
        }
        assertThat(BaselineDecisions.accept(List.of(), accept(many, "known")))
                .isEqualTo(new Decision<>(new BaselineResult.TooMany(BaselineDecisions.MOST + 1), List.of()));
        many.remove(id(0));
        assertThat(BaselineDecisions.accept(List.of(), accept(many, "known")).events())
                .hasSize(BaselineDecisions.MOST);
    }

    @Test
    void an_accepted_finding_is_open_worse_ended_or_gone() {
        AcceptedFinding accepted = new BaselineView.Acceptance(
                after(List.of(), accept(1, hole("a", "b"), "known")).getFirst(), NOW, false).finding();
        assertThat(BaselineDecisions.status(accepted, hole("b"), NOW)).isEqualTo(Status.OPEN);
        assertThat(BaselineDecisions.status(accepted, hole("a", "b", "c"), NOW)).isEqualTo(Status.WORSE);
        assertThat(BaselineDecisions.status(accepted, hole("a", "b"), UNTIL.minusNanos(1))).isEqualTo(Status.OPEN);
        assertThat(BaselineDecisions.status(accepted, hole("a", "b"), UNTIL)).isEqualTo(Status.ENDED);
        assertThat(BaselineDecisions.status(accepted, null, UNTIL)).isEqualTo(Status.GONE);
    }

    private static List<AcceptanceGranted> after(List<AcceptanceGranted> baseline, AcceptFindings command) {
        return evolved(baseline, BaselineDecisions.accept(baseline, command));
    }

    private static List<AcceptanceGranted> evolved(List<AcceptanceGranted> baseline, Decision<?> decision) {
        List<AcceptanceGranted> after = baseline;
        for (RecordedEvent event : decision.events()) {
            after = BaselineDecisions.evolve(after, (PolicyEvent) event.event());
        }
        return after;
    }

    private static AcceptFindings accept(int id, Finding finding, String reason) {
        return accept(Map.of(id(id), finding), reason);
    }

    private static AcceptFindings accept(Map<UUID, Finding> findings, String reason) {
        return new AcceptFindings("navbot", "production", findings, reason, "ann", UNTIL, NOW, "ada");
    }

    private static Finding hole(String... revisions) {
        return new Finding(DivergenceCode.SCHEMA_HOLE, Severity.ERROR, "", "A hole.",
                List.of(revisions).stream().map(Exhibit::revision).toList(), List.of());
    }

    private static UUID id(int number) {
        return new UUID(0, number);
    }
}
