package dev.migrationledger.ledger.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.migrationledger.contracts.envelope.Receipt;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.ledger.LedgerService;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.environment.RecordResult;
import dev.migrationledger.ledger.environment.RecordResult.Recorded;
import dev.migrationledger.ledger.environment.RecordResult.SequenceAhead;
import dev.migrationledger.ledger.environment.RecordResult.SequenceConflict;
import dev.migrationledger.ledger.environment.SampleBatches;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.recording.store.EventLog;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** Two ledgers on one database, as during a rolling upgrade. */
@LedgerTest
class TwoLedgersTest {

    private static final int EVENTS = 60;

    @Autowired
    EnvironmentCommands one;

    @Autowired
    EventLog log;

    @Autowired
    JdbcTemplate jdbc;

    @Value("${spring.datasource.url}")
    String database;

    @Test
    void events_sent_to_both_ledgers_are_recorded_once() throws Exception {
        try (ConfigurableApplicationContext second = second();
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            EnvironmentCommands two = second.getBean(EnvironmentCommands.class);
            List<Callable<Integer>> agents = Stream.of(one, two, one, two)
                    .map(ledger -> (Callable<Integer>) () -> recordAll(ledger))
                    .toList();

            int recorded = 0;
            for (Future<Integer> agent : threads.invokeAll(agents)) {
                recorded += agent.get();
            }

            assertThat(recorded).isEqualTo(EVENTS);
        }
        assertThat(log.of(StreamId.of("navbot", "twice"))
                .map(RecordedEvent::origin)
                .filter(origin -> origin != null)
                .map(RecordedEvent.Origin::sequence))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, EVENTS).boxed().toList());
    }

    @Test
    void each_goes_on_from_what_the_other_recorded() {
        try (ConfigurableApplicationContext second = second()) {
            EnvironmentCommands two = second.getBean(EnvironmentCommands.class);

            assertThat(List.of(recordEvents(one, 1, 10), recordEvents(two, 11, 20), recordEvents(one, 21, 21),
                    recordEvents(two, 22, 250)))
                    .containsExactly(new Receipt(10, 0, 10), new Receipt(10, 0, 20), new Receipt(1, 0, 21),
                            new Receipt(229, 0, 250));
            await().atMost(Duration.ofSeconds(20)).until(() -> jdbc.queryForObject(
                    "select count(*) from ledger.snapshot where stream = 'navbot/in-turns' and sequence_number > 100",
                    Long.class), is -> is > 0);
            // What the snapshot says is what the decisions then go by.
            assertThat(recordEvents(one, 249, 251)).isEqualTo(new Receipt(1, 2, 251));
        }
        assertThat(log.of(StreamId.of("navbot", "in-turns"))).hasSize(252);
    }

    private static Receipt recordEvents(EnvironmentCommands ledger, long first, long last) {
        return switch (ledger.record(SampleBatches.command(SampleBatches.events("navbot", "in-turns", first, last)))
                .result()) {
            case Recorded accepted -> accepted.receipt();
            case SequenceAhead ahead -> throw new AssertionError(ahead);
            case SequenceConflict conflict -> throw new AssertionError(conflict);
        };
    }

    private ConfigurableApplicationContext second() {
        return new SpringApplicationBuilder(LedgerService.class)
                .web(WebApplicationType.NONE)
                .run("--spring.datasource.url=" + database, "--spring.datasource.hikari.maximum-pool-size=4",
                        "--ledger.automations=false");
    }

    /** As an agent that tries again, until the ledger has everything. */
    private static int recordAll(EnvironmentCommands ledger) {
        int recorded = 0;
        for (long sequence = 1; sequence <= EVENTS;) {
            try {
                RecordResult recording = ledger
                        .record(SampleBatches.command(SampleBatches.events("navbot", "twice", sequence, sequence)))
                        .result();
                recorded += switch (recording) {
                    case Recorded accepted -> accepted.receipt().recorded();
                    case SequenceAhead ahead -> throw new AssertionError(ahead);
                    case SequenceConflict conflict -> throw new AssertionError(conflict);
                };
                sequence++;
            } catch (RecordingConflict answeredAs503) {
                Thread.onSpinWait(); // and send it again
            }
        }
        return recorded;
    }
}
