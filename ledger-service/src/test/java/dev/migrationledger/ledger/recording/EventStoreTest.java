package dev.migrationledger.ledger.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.migrationledger.contracts.envelope.Receipt;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.EventCatalogue;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.environment.RecordResult;
import dev.migrationledger.ledger.environment.RecordResult.Recorded;
import dev.migrationledger.ledger.environment.RecordResult.SequenceAhead;
import dev.migrationledger.ledger.environment.SampleBatches;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.recording.store.EventLog;
import dev.migrationledger.ledger.recording.stream.Command;
import dev.migrationledger.ledger.recording.stream.Decider;
import dev.migrationledger.ledger.recording.stream.Decision;
import dev.migrationledger.ledger.recording.stream.StreamId;
import dev.migrationledger.ledger.recording.stream.StreamState;
import dev.migrationledger.ledger.recording.view.Batch;
import dev.migrationledger.ledger.recording.view.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.axonframework.updates.UpdateChecker;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

@LedgerTest
class EventStoreTest {

    @TestConfiguration(proxyBeanMethods = false)
    static class Views {
        @Bean
        CopiedEvents copy(JdbcTemplate jdbc) {
            jdbc.execute("create table if not exists public.seen_events (environment text, events int)");
            return new CopiedEvents(jdbc);
        }
    }

    /** A view that fails on demand, after it has written. */
    record CopiedEvents(JdbcTemplate jdbc) implements View<StreamId.Environment, List<RecordedEvent>> {
        @Override
        public String name() {
            return "seen-events";
        }

        @Override
        public int form() {
            return 1;
        }

        @Override
        public Optional<StreamId.Environment> target(RecordedEvent event) {
            return StreamId.environment(event);
        }

        @Override
        public List<RecordedEvent> initial(StreamId.Environment target) {
            return List.of();
        }

        @Override
        public List<RecordedEvent> load(StreamId.Environment target, List<RecordedEvent> events) {
            return List.of();
        }

        @Override
        public List<RecordedEvent> evolve(List<RecordedEvent> before, Batch batch) {
            return batch.events();
        }

        @Override
        public void write(List<RecordedEvent> before, List<RecordedEvent> after) {
            String environment = String.valueOf(after.getLast().environment());
            jdbc.update("insert into public.seen_events values (?, ?)", environment, after.size());
            if (environment.equals("broken") || (environment.equals("broken-later") && lastSequence(after) > 2)) {
                throw new IllegalStateException("the view failed");
            }
        }

        @Override
        public boolean isStored(List<RecordedEvent> state) {
            return true;
        }

        @Override
        public void delete(StreamId.Environment target) {}

        @Override
        public Set<StreamId.Environment> stored() {
            return Set.of();
        }

        private static long lastSequence(List<RecordedEvent> events) {
            RecordedEvent.Origin origin = events.getLast().origin();
            return origin == null ? 0 : origin.sequence();
        }
    }

    @Autowired
    EnvironmentCommands environmentCommands;

    @Autowired
    Recorder recorder;

    @Autowired
    EventLog log;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    TransactionManager transactions;

    @Autowired
    org.axonframework.config.Configuration axon;

    @Test
    void a_recorded_batch_is_read_back_in_order() {
        Decision<RecordResult> decision = environmentCommands
                .record(SampleBatches.command(SampleBatches.events("navbot", "ordered", 1, 3)));

        assertThat(decision.result())
                .isInstanceOfSatisfying(
                        Recorded.class, recorded -> assertThat(recorded.receipt()).isEqualTo(new Receipt(3, 0, 3)));
        assertThat(log.of(StreamId.of("navbot", "ordered"))).containsExactlyElementsOf(decision.events());
        List<RecordedEvent> all = new ArrayList<>();
        log.forEach(all::add);
        assertThat(all).containsSubsequence(decision.events());
    }

    @Test
    void payload_types_are_names_of_the_catalogue_and_never_class_names() {
        environmentCommands.record(SampleBatches.command(SampleBatches.events("navbot", "named", 1, 2)));

        assertThat(jdbc.queryForList("select distinct payload_type || '.v' || payload_revision from ledger.event",
                String.class))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(EventCatalogue.all()).containsKey(name));
    }

    @Test
    void a_failing_view_takes_its_events_back() {
        assertThatThrownBy(
                () -> environmentCommands.record(SampleBatches.command(SampleBatches.events("navbot", "broken", 1, 2))))
                .hasMessageContaining("the view failed");

        assertThat(log.of(StreamId.of("navbot", "broken"))).isEmpty();
        assertThat(jdbc.queryForList("select * from public.seen_events where environment = 'broken'"))
                .isEmpty();
    }

    @Test
    void a_view_is_written_once_per_batch() {
        environmentCommands.record(SampleBatches.command(SampleBatches.events("navbot", "batched", 1, 5)));

        assertThat(jdbc.queryForList(
                "select events from public.seen_events where environment = 'batched'", Integer.class))
                .containsExactly(6);
    }

    @Test
    void the_transactions_are_real_ones_everywhere() {
        assertThat(transactions).isInstanceOf(SpringTransactionManager.class);
        assertThat(axon.getComponent(TransactionManager.class)).isSameAs(transactions);
    }

    @Test
    void recorded_events_cannot_be_changed_or_deleted() {
        environmentCommands.record(SampleBatches.command(SampleBatches.events("navbot", "kept", 1, 1)));

        for (String statement : List.of(
                "delete from ledger.event", "update ledger.event set payload = ''", "truncate ledger.event")) {
            assertThatThrownBy(() -> jdbc.execute(statement))
                    .isInstanceOf(DataAccessException.class)
                    .hasMessageContaining("never changed or deleted");
        }
    }

    /** Its stored state would be taken for the other. */
    private record Other() implements StreamState<String> {
        @Override
        public Class<String> type() {
            return String.class;
        }

        @Override
        public int form() {
            return 1;
        }

        @Override
        public String initial() {
            return "";
        }

        @Override
        public String evolve(String state, RecordedEvent event) {
            return state;
        }

        @Override
        public int weight(String state) {
            return 1;
        }
    }

    private record Ask(StreamId stream) implements Command {}

    @Test
    void a_kind_of_stream_has_one_state() {
        environmentCommands.record(SampleBatches.command(SampleBatches.events("navbot", "guarded", 1, 1)));
        assertThatThrownBy(() -> recorder.decide(
                Decider.of(new Other(), (_, _) -> new Decision<>("", List.of())),
                new Ask(StreamId.of("navbot", "guarded"))))
                .hasStackTraceContaining(
                        "Streams of Environment have the state EnvironmentState; make String a part of it.");
    }

    @Test
    void a_refused_first_batch_leaves_no_trace() {
        assertThat(environmentCommands.record(SampleBatches.command(SampleBatches.events("navbot", "late", 4, 5)))
                .result())
                .isEqualTo(new SequenceAhead("watcher", SampleBatches.EPOCH, 1, 4));

        assertThat(log.of(StreamId.of("navbot", "late"))).isEmpty();
    }

    @Test
    void a_long_lived_environment_has_a_snapshot() {
        for (int first = 1; first <= 300; first += 50) {
            environmentCommands.record(SampleBatches.command(SampleBatches.events("navbot", "old", first, first + 49)));
        }
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(jdbc.queryForObject(
                "select max(sequence_number) from ledger.snapshot where stream = 'navbot/old'", Long.class))
                .isNotNull()
                .isGreaterThanOrEqualTo(200));
    }

    @Test
    void a_cached_environment_is_not_read_again() {
        environmentCommands.record(SampleBatches.command(SampleBatches.events("navbot", "kept", 1, 3)));
        withoutGuard("update ledger.event set payload = '{}' where stream = 'navbot/kept'");

        assertThat(environmentCommands.record(SampleBatches.command(SampleBatches.events("navbot", "kept", 3, 5)))
                .result())
                .isInstanceOfSatisfying(
                        Recorded.class, recorded -> assertThat(recorded.receipt()).isEqualTo(new Receipt(2, 1, 5)));
    }

    @Test
    void a_cached_environment_whose_events_are_gone_is_not_used() {
        environmentCommands.record(SampleBatches.command(SampleBatches.events("navbot", "emptied", 1, 3)));
        withoutGuard("delete from ledger.event where stream = 'navbot/emptied'");

        assertThat(environmentCommands.record(SampleBatches.command(SampleBatches.events("navbot", "emptied", 4, 5)))
                .result())
                .isEqualTo(new SequenceAhead("watcher", SampleBatches.EPOCH, 1, 4));
    }

    @Test
    void a_rolled_back_batch_leaves_the_cache() {
        environmentCommands.record(SampleBatches.command(SampleBatches.events("navbot", "broken-later", 1, 2)));
        assertThatThrownBy(
                () -> environmentCommands
                        .record(SampleBatches.command(SampleBatches.events("navbot", "broken-later", 3, 4))))
                .hasMessageContaining("the view failed");

        assertThat(environmentCommands
                .record(SampleBatches.command(SampleBatches.events("navbot", "broken-later", 5, 5))).result())
                .isEqualTo(new SequenceAhead("watcher", SampleBatches.EPOCH, 3, 5));
    }

    /** Bypasses the trigger that protects recorded events. */
    private void withoutGuard(String statement) {
        jdbc.execute("alter table ledger.event disable trigger user");
        jdbc.execute(statement);
        jdbc.execute("alter table ledger.event enable trigger user");
    }

    @Test
    void axon_does_not_call_home_and_keeps_no_thread_of_its_own() {
        assertThat(axon.getComponent(UpdateChecker.class)).isNull();
        assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName).doesNotContain("axon-janitor");
    }
}
