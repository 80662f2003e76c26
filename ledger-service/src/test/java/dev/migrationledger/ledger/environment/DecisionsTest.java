package dev.migrationledger.ledger.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.envelope.Receipt;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.AgentEvent.AgentStopped;
import dev.migrationledger.contracts.event.AgentEvent.RunStarted;
import dev.migrationledger.contracts.event.LedgerEvent.EnvironmentRegistered;
import dev.migrationledger.contracts.event.LedgerEvent.EnvironmentRevived;
import dev.migrationledger.contracts.event.LedgerEvent.RunProved;
import dev.migrationledger.contracts.event.RunClaim;
import dev.migrationledger.contracts.identity.PipelineRun;
import dev.migrationledger.ledger.environment.EnvironmentState.Known;
import dev.migrationledger.ledger.environment.RecordResult.Recorded;
import dev.migrationledger.ledger.environment.RecordResult.SequenceAhead;
import dev.migrationledger.ledger.environment.RecordResult.SequenceConflict;
import dev.migrationledger.ledger.recording.stream.Decision;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DecisionsTest {

    private static final UUID OTHER_EPOCH = new UUID(0, 2);

    @Test
    void the_first_batch_registers_the_environment_with_its_labels() {
        Decision<RecordResult> recorded = accepted(given(), when(1, 2));

        assertThat(recorded.events().stream().map(RecordedEvent::event))
                .first()
                .isEqualTo(new EnvironmentRegistered(Map.of("tier", "prod")));
        assertThat(recorded.events()).hasSize(3);
        assertThat(receipt(recorded)).isEqualTo(new Receipt(2, 0, 2));
    }

    @Test
    void an_environment_is_registered_once() {
        assertThat(accepted(given(when(1, 1)), when(2, 3)).events().stream().map(RecordedEvent::event))
                .noneMatch(EnvironmentRegistered.class::isInstance);
    }

    @Test
    void what_is_known_is_a_duplicate_and_the_rest_is_recorded() {
        Decision<RecordResult> recorded = accepted(given(when(1, 5)), when(3, 8));

        assertThat(receipt(recorded)).isEqualTo(new Receipt(3, 3, 8));
        assertThat(sequences(recorded)).containsExactly(6L, 7L, 8L);
    }

    @Test
    void a_batch_that_is_known_as_a_whole_records_nothing() {
        Decision<RecordResult> recorded = accepted(given(when(1, 5)), when(2, 3));

        assertThat(recorded.events()).isEmpty();
        assertThat(receipt(recorded)).isEqualTo(new Receipt(0, 2, 5));
    }

    @Test
    void a_batch_ahead_is_refused_with_the_sequence_expected() {
        assertThat(Decisions.record(given(when(1, 5)), when(7, 8)).result())
                .isEqualTo(new SequenceAhead("watcher", SampleBatches.EPOCH, 6, 7));
    }

    @Test
    void a_new_epoch_begins_at_1() {
        EnvironmentState state = given(when(1, 5));

        assertThat(Decisions.record(state, SampleBatches.command(of(OTHER_EPOCH, 6, 6))).result())
                .isEqualTo(new SequenceAhead("watcher", OTHER_EPOCH, 1, 6));
        assertThat(receipt(accepted(state, SampleBatches.command(of(OTHER_EPOCH, 1, 2)))))
                .isEqualTo(new Receipt(2, 0, 2));
    }

    @Test
    void an_earlier_epoch_is_still_known_after_a_new_one_began() {
        EnvironmentState state = given(when(1, 5), SampleBatches.command(of(OTHER_EPOCH, 1, 2)));

        assertThat(receipt(accepted(state, when(4, 5)))).isEqualTo(new Receipt(0, 2, 5));
    }

    @Test
    void a_known_sequence_with_another_event_is_a_conflict() {
        AgentEnvelope known = SampleBatches.event("navbot", "prod", 5);
        AgentEnvelope other = new AgentEnvelope(
                new UUID(8, 5),
                "navbot",
                "prod",
                "watcher",
                SampleBatches.EPOCH,
                5,
                Occurrence.exactly(SampleBatches.NOON),
                SampleBatches.NOON,
                new AgentStopped(AgentStopped.Reason.ASKED_TO_STOP));

        assertThat(Decisions.record(given(when(1, 9)), SampleBatches.command(List.of(other))).result())
                .isEqualTo(new SequenceConflict(
                        "watcher", SampleBatches.EPOCH, 5, known.eventId(), other.eventId()));
    }

    @Test
    void a_clock_that_was_far_ahead_and_is_right_again_goes_on() {
        Instant earlier = SampleBatches.NOON.minusSeconds(31_536_000);
        RecordEvents right = new RecordEvents(SampleBatches.events("navbot", "prod", 2, 2), earlier, new UUID(9, 9));

        assertThat(accepted(given(when(1, 1)), right).events())
                .extracting(RecordedEvent::recordedAt)
                .containsExactly(earlier);
    }

    @Test
    void a_clock_that_was_moved_back_a_little_does_not_reorder_what_is_known() {
        Instant earlier = SampleBatches.NOON.minusSeconds(30);
        RecordEvents late = new RecordEvents(SampleBatches.events("navbot", "prod", 2, 2), earlier, new UUID(9, 9));

        assertThat(accepted(given(when(1, 1)), late).events())
                .extracting(RecordedEvent::recordedAt)
                .containsExactly(SampleBatches.NOON);
    }

    @Test
    void the_ids_of_the_latest_events_are_kept_and_no_more() {
        Known known = Known.NOTHING;
        for (long sequence = 1; sequence <= 100; sequence++) {
            known = known.then(sequence, new UUID(7, sequence), sequence);
        }

        assertThat(known.ids()).hasSize(Known.IDS);
        assertThat(known.idOf(100)).contains(new UUID(7, 100));
        assertThat(known.idOf(100 - Known.IDS + 1)).contains(new UUID(7, 100 - Known.IDS + 1));
        assertThat(known.idOf(100 - Known.IDS)).isEmpty();
        assertThat(known.idOf(101)).isEmpty();
    }

    @Test
    void a_retired_environment_comes_back_with_its_next_event() {
        EnvironmentState state = retired(given(when(1, 1)));
        assertThat(Decisions.retire(state, RETIRE)).as("once is enough").isEmpty();

        Decision<RecordResult> goodbye = accepted(state, SampleBatches.command(List.of(
                SampleBatches.event("navbot", "prod", 2, new AgentStopped(AgentStopped.Reason.ASKED_TO_STOP)))));
        assertThat(goodbye.events()).hasSize(1);
        state = evolve(state, goodbye);
        assertThat(state.retired()).isTrue();

        Decision<RecordResult> back = accepted(state, when(3, 3));
        assertThat(back.events()).first()
                .satisfies(event -> assertThat(event.event()).isEqualTo(new EnvironmentRevived("watcher")));
        assertThat(evolve(state, back).retired()).isFalse();
        assertThat(accepted(state, when(1, 2)).events()).as("what is known revives nothing").isEmpty();
    }

    @Test
    void a_run_that_starts_in_the_session_of_a_pipeline_is_proved_once() {
        PipelineRun pipeline = new PipelineRun.KubernetesPod("https://cluster.example", "shop", "migrate", null, null);
        RunClaim claim = new RunClaim(List.of("alembic"), null, null, null, null, Map.of());
        RecordEvents claimed = SampleBatches.command(List.of(
                SampleBatches.event("navbot", "prod", 1, new RunStarted(new UUID(1, 1), claim)),
                SampleBatches.event("navbot", "prod", 2, new RunStarted(new UUID(1, 2), claim))));
        assertThat(accepted(EnvironmentState.INITIAL, claimed).events()).extracting(RecordedEvent::event)
                .noneMatch(RunProved.class::isInstance);

        RecordEvents proved = new RecordEvents(claimed.events(), claimed.now(), claimed.decisionId(), null,
                new RecordEvents.Proof(pipeline, List.of(new UUID(2, 1), new UUID(2, 2))));
        Decision<RecordResult> first = accepted(EnvironmentState.INITIAL, proved);
        assertThat(first.events()).filteredOn(it -> it.event() instanceof RunProved)
                .extracting(RecordedEvent::event, RecordedEvent::eventId, RecordedEvent::origin)
                .containsExactly(tuple(new RunProved(new UUID(1, 1), pipeline), new UUID(2, 1), null),
                        tuple(new RunProved(new UUID(1, 2), pipeline), new UUID(2, 2), null));
        assertThat(accepted(evolve(EnvironmentState.INITIAL, first), proved).events())
                .as("sent again, nothing is new").isEmpty();
    }

    @Test
    void an_unknown_environment_cannot_be_retired() {
        assertThat(Decisions.retire(EnvironmentState.INITIAL, RETIRE)).isEmpty();
    }

    /** As where each run of a pipeline has a new agent. */
    @Test
    void what_comes_late_from_an_agent_of_long_ago_is_still_known() {
        EnvironmentState state = EnvironmentState.INITIAL;
        for (int agent = 0; agent < 500; agent++) {
            state = evolve(state, accepted(state, of("run-" + agent, 1, 3)));
        }
        assertThat(state.agents()).hasSizeLessThan(2 * EnvironmentState.LATEST_AGENTS);
        for (int agent = 0; agent < 500; agent++) {
            assertThat(receipt(accepted(state, of("run-" + agent, 2, 3)))).isEqualTo(new Receipt(0, 2, 3));
            assertThat(Decisions.record(state, of("run-" + agent, 5, 5)).result()).isInstanceOf(SequenceAhead.class);
        }
        Decision<RecordResult> late = accepted(state, of("run-7", 2, 4));
        assertThat(sequences(late)).containsExactly(4L);
        assertThat(receipt(accepted(evolve(state, late), of("run-7", 3, 5)))).isEqualTo(new Receipt(1, 2, 5));
    }

    private static final RetireEnvironment RETIRE = new RetireEnvironment(
            "navbot", "prod", "ada", "moved", null, SampleBatches.NOON, 1);

    private static EnvironmentState retired(EnvironmentState state) {
        return evolve(state, new Decision<>(new Recorded(new Receipt(0, 0, 0)), Decisions.retire(state, RETIRE)));
    }

    private static RecordEvents of(String agent, long first, long last) {
        return SampleBatches.command(SampleBatches.events("navbot", "prod", first, last).stream()
                .map(event -> new AgentEnvelope(
                        UUID.nameUUIDFromBytes((agent + event.sequence()).getBytes(StandardCharsets.UTF_8)),
                        event.project(), event.environment(), agent, SampleBatches.EPOCH, event.sequence(),
                        event.occurredAt(), event.observedAt(), event.event()))
                .toList());
    }

    /** Repeated, dropped or early batches: what is recorded is 1, 2, 3 … of every agent's epoch. */
    @Test
    void however_batches_arrive_every_sequence_is_recorded_once_and_in_order() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            EnvironmentState state = EnvironmentState.INITIAL;
            List<Long> recorded = new ArrayList<>();
            for (int step = 0; step < 40; step++) {
                long first = 1 + random.nextLong(recorded.size() + 3L);
                Decision<RecordResult> decision = Decisions.record(state, when(first, first + random.nextInt(5)));
                state = evolve(state, decision);
                recorded.addAll(sequences(decision));
            }
            assertThat(recorded)
                    .as("seed %d", seed)
                    .isEqualTo(LongStream.rangeClosed(1, recorded.size()).boxed().toList());
        }
    }

    private static EnvironmentState given(RecordEvents... before) {
        EnvironmentState state = EnvironmentState.INITIAL;
        for (RecordEvents command : before) {
            state = evolve(state, accepted(state, command));
        }
        return state;
    }

    private static RecordEvents when(long first, long last) {
        return SampleBatches.command(SampleBatches.events("navbot", "prod", first, last));
    }

    private static List<AgentEnvelope> of(UUID epoch, long first, long last) {
        return SampleBatches.events("navbot", "prod", first, last).stream()
                .map(event -> new AgentEnvelope(
                        new UUID(epoch.getLeastSignificantBits(), event.sequence()),
                        event.project(),
                        event.environment(),
                        event.agent(),
                        epoch,
                        event.sequence(),
                        event.occurredAt(),
                        event.observedAt(),
                        event.event()))
                .toList();
    }

    private static Decision<RecordResult> accepted(EnvironmentState state, RecordEvents command) {
        Decision<RecordResult> decision = Decisions.record(state, command);
        assertThat(decision.result()).isInstanceOf(Recorded.class);
        return decision;
    }

    private static Receipt receipt(Decision<RecordResult> decision) {
        return ((Recorded) decision.result()).receipt();
    }

    private static EnvironmentState evolve(EnvironmentState state, Decision<?> recorded) {
        EnvironmentState next = state;
        for (RecordedEvent event : recorded.events()) {
            next = EnvironmentState.evolve(next, event);
        }
        return next;
    }

    private static List<Long> sequences(Decision<?> recorded) {
        return recorded.events().stream()
                .map(RecordedEvent::origin)
                .filter(origin -> origin != null)
                .map(RecordedEvent.Origin::sequence)
                .toList();
    }
}
