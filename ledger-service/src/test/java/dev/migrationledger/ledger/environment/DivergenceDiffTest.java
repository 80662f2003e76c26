package dev.migrationledger.ledger.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit.What;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.Event;
import dev.migrationledger.contracts.event.LedgerEvent.DivergenceChanged;
import dev.migrationledger.contracts.event.LedgerEvent.DivergenceDetected;
import dev.migrationledger.contracts.event.LedgerEvent.DivergenceResolved;
import dev.migrationledger.contracts.schema.ObjectName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Given what was recorded, when something is found, then so much is recorded and no more. */
class DivergenceDiffTest {

    private Set<DivergenceCode> elsewhere = Set.of();

    private static final Set<DivergenceCode> ALL = EnumSet.allOf(DivergenceCode.class);
    private static final Finding HEADS = finding(DivergenceCode.MULTIPLE_HEADS, "", "a, b");
    private static final Finding ROW_X = finding(DivergenceCode.UNKNOWN_REVISION, "x", "x");
    private static final Finding ROW_Y = finding(DivergenceCode.UNKNOWN_REVISION, "y", "y");

    private EnvironmentState state = known();
    private @Nullable Instant observedBefore;
    private int minutes;

    @Test
    void a_divergence_is_detected_once() {
        assertThat(found(ALL, HEADS)).singleElement().isInstanceOfSatisfying(DivergenceDetected.class,
                detected -> assertThat(detected.finding()).isEqualTo(HEADS));
        assertThat(found(ALL, HEADS)).isEmpty();
        assertThat(found(ALL, HEADS, HEADS)).isEmpty();
    }

    @Test
    void it_is_resolved_once_when_it_is_gone() {
        UUID id = id(found(ALL, HEADS));
        assertThat(found(ALL, HEADS)).isEmpty();
        assertThat(found(ALL)).containsExactly(new DivergenceResolved(id, HEADS.code(), minute(2), null));
        assertThat(found(ALL)).isEmpty();
    }

    @Test
    void one_that_comes_back_is_another_one() {
        UUID first = id(found(ALL, HEADS));
        found(ALL);
        assertThat(id(found(ALL, HEADS))).isNotEqualTo(first);
    }

    @Test
    void the_subject_distinguishes_two_with_one_code() {
        assertThat(found(ALL, ROW_X)).hasSize(1);
        assertThat(found(ALL, ROW_X, ROW_Y)).hasSize(1);
        assertThat(found(ALL, ROW_Y)).singleElement().isInstanceOf(DivergenceResolved.class);
        assertThat(state.open()).containsOnlyKeys("unknown-revision y");
    }

    @Test
    void other_evidence_severity_and_plan_are_changes_and_other_words_are_not() {
        UUID id = id(found(ALL, HEADS));
        Finding more = finding(HEADS.code(), "", "a, b, c");
        assertThat(found(ALL, more)).containsExactly(new DivergenceChanged(id, more));
        assertThat(found(ALL, more)).isEmpty();

        Finding graver = new Finding(more.code(), Severity.ERROR, "", more.message(), more.evidence(), more.plan());
        assertThat(found(ALL, graver)).containsExactly(new DivergenceChanged(id, graver));
        Finding planned = new Finding(more.code(), Severity.ERROR, "", more.message(), more.evidence(),
                List.of(new PlanStep("alembic merge a b", "It changes no database.", "One head is left.")));
        assertThat(found(ALL, planned)).containsExactly(new DivergenceChanged(id, planned));
        assertThat(found(ALL, planned)).isEmpty();
    }

    @Test
    void the_same_facts_in_other_words_record_nothing() {
        ObjectName table = ObjectName.table("public", "boat");
        found(ALL, new Finding(HEADS.code(), Severity.ERROR, "", "There are two heads.",
                List.of(Exhibit.revision("a"), Exhibit.object(table), Exhibit.detail("Both were written today.")),
                List.of(new PlanStep("alembic merge a b", "It changes no database.", "One head is left.",
                        List.of("It writes one file.")))));
        Exhibit sameObject = new Exhibit(What.OBJECT, "relation public.boat", null, table, null, null);
        assertThat(found(ALL, new Finding(HEADS.code(), Severity.ERROR, "", "The history has two heads: a and b.",
                List.of(Exhibit.advice("Merge them."), Exhibit.revision("a"), sameObject),
                List.of(new PlanStep(null, "Talk to who wrote them.", "They agree."),
                        new PlanStep("alembic merge a b", "It is safe.", "'alembic heads' prints one.")))))
                .isEmpty();
    }

    @Test
    void a_change_keeps_when_it_began_and_its_id() {
        UUID id = id(found(ALL, HEADS));
        found(ALL, finding(HEADS.code(), "", "a, b, c"));
        assertThat(state.open().values()).singleElement().satisfies(open -> {
            assertThat(open.divergence()).isEqualTo(id);
            assertThat(open.since()).isEqualTo(minute(1));
        });
    }

    @Test
    void a_code_that_was_not_evaluated_is_neither_resolved_nor_found() {
        found(ALL, HEADS, ROW_X);
        Set<DivergenceCode> scriptsOnly = EnumSet.of(DivergenceCode.MULTIPLE_HEADS);
        assertThat(found(scriptsOnly, ROW_Y)).singleElement().isInstanceOfSatisfying(DivergenceResolved.class,
                resolved -> assertThat(resolved.code()).isEqualTo(DivergenceCode.MULTIPLE_HEADS));
        assertThat(state.open()).containsOnlyKeys("unknown-revision x");
    }

    @Test
    void an_unknown_environment_has_no_divergence() {
        assertThat(Decisions.recordDivergences(EnvironmentState.INITIAL, command(ALL, HEADS))).isEmpty();
    }

    @Test
    void what_is_resolved_was_gone_somewhere_between_two_observations() {
        found(ALL, HEADS);
        List<RecordedEvent> events = Decisions.recordDivergences(state, command(ALL));
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.occurredAt()).isEqualTo(Occurrence.between(minute(1), minute(2)));
            assertThat(event.origin()).isNull();
        });
    }

    @Test
    void what_only_another_environment_changed_is_recorded_when_it_begins_ends_or_gets_worse() {
        Finding forked = finding(Severity.WARNING, "b");
        assertThat(found(ALL, forked)).singleElement().isInstanceOf(DivergenceDetected.class);

        elsewhere = Set.of(forked.code());
        assertThat(found(ALL, finding(Severity.WARNING, "c"))).isEmpty();
        assertThat(found(ALL, finding(Severity.ERROR, "c"))).singleElement().isInstanceOf(DivergenceChanged.class);
        assertThat(found(ALL)).singleElement().isInstanceOf(DivergenceResolved.class);
        assertThat(found(ALL, forked)).singleElement().isInstanceOf(DivergenceDetected.class);

        elsewhere = Set.of();
        assertThat(found(ALL, finding(Severity.WARNING, "c"))).singleElement().isInstanceOf(DivergenceChanged.class);
    }

    private static Finding finding(Severity severity, String revision) {
        return new Finding(HEADS.code(), severity, "", "They differ.", List.of(Finding.Exhibit.revision(revision)),
                List.of());
    }

    @Test
    void the_same_command_makes_the_same_ids() {
        RecordDivergences command = command(ALL, HEADS, ROW_X);
        assertThat(Decisions.recordDivergences(state, command)).isEqualTo(Decisions.recordDivergences(state, command));
        assertThat(Decisions.recordDivergences(state, command)).extracting(RecordedEvent::eventId)
                .doesNotHaveDuplicates();
    }

    private List<Event> found(Set<DivergenceCode> judged, Finding... findings) {
        RecordDivergences command = command(judged, findings);
        List<RecordedEvent> events = Decisions.recordDivergences(state, command);
        events.forEach(event -> state = EnvironmentState.evolve(state, event));
        observedBefore = command.observedAt();
        return new ArrayList<>(events.stream().map(RecordedEvent::event).toList());
    }

    /** Each a minute after the one before. */
    private RecordDivergences command(Set<DivergenceCode> judged, Finding... findings) {
        Instant observedAt = minute(++minutes);
        return new RecordDivergences("navbot", "prod", List.of(findings), judged, elsewhere, observedAt, observedBefore,
                observedAt, minutes);
    }

    private static UUID id(List<Event> events) {
        return ((DivergenceDetected) events.getLast()).divergence();
    }

    private static Instant minute(int minute) {
        return SampleBatches.NOON.plusSeconds(60L * minute);
    }

    private static EnvironmentState known() {
        EnvironmentState state = EnvironmentState.INITIAL;
        for (RecordedEvent event : Decisions
                .record(state, SampleBatches.command(SampleBatches.events("navbot", "prod", 1, 1)))
                .events()) {
            state = EnvironmentState.evolve(state, event);
        }
        return state;
    }

    private static Finding finding(DivergenceCode code, String subject, String seen) {
        return new Finding(code, Severity.WARNING, subject, "There is " + seen + ".",
                List.of(Exhibit.revision(seen)), List.of());
    }
}
