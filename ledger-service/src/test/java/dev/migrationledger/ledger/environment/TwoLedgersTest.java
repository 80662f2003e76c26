package dev.migrationledger.ledger.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.ledger.LedgerService;
import dev.migrationledger.ledger.environment.Recording.Recorded;
import dev.migrationledger.ledger.environment.Recording.SequenceAhead;
import dev.migrationledger.ledger.environment.Recording.SequenceConflict;
import dev.migrationledger.ledger.platform.LedgerTest;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Two ledgers on one database, as during a rolling upgrade. */
@LedgerTest
class TwoLedgersTest {

    private static final int EVENTS = 60;

    @Autowired
    Environments one;

    @Autowired
    EventLog log;

    @Value("${spring.datasource.url}")
    String database;

    @Test
    void both_may_be_told_the_same_and_it_is_recorded_once() throws Exception {
        try (ConfigurableApplicationContext second = new SpringApplicationBuilder(LedgerService.class)
                .web(WebApplicationType.NONE)
                .run("--spring.datasource.url=" + database, "--spring.datasource.hikari.maximum-pool-size=4",
                        "--ledger.judging=false");
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            Environments two = second.getBean(Environments.class);
            List<Callable<Integer>> agents = Stream.of(one, two, one, two)
                    .map(ledger -> (Callable<Integer>) () -> tellAll(ledger))
                    .toList();

            int recorded = 0;
            for (Future<Integer> agent : threads.invokeAll(agents)) {
                recorded += agent.get();
            }

            assertThat(recorded).isEqualTo(EVENTS);
        }
        assertThat(log.of("navbot", "twice")
                .map(RecordedEvent::origin)
                .filter(origin -> origin != null)
                .map(RecordedEvent.Origin::sequence))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, EVENTS).boxed().toList());
    }

    /** As an agent that tries again, until the ledger has everything. */
    private static int tellAll(Environments ledger) {
        int recorded = 0;
        for (long sequence = 1; sequence <= EVENTS;) {
            try {
                Recording recording = ledger
                        .record(Samples.command(Samples.events("navbot", "twice", sequence, sequence)));
                recorded += switch (recording) {
                    case Recorded accepted -> accepted.receipt().recorded();
                    case SequenceAhead ahead -> throw new AssertionError(ahead);
                    case SequenceConflict conflict -> throw new AssertionError(conflict);
                };
                sequence++;
            } catch (ConcurrencyException answeredAs503) {
                Thread.onSpinWait(); // and tell it again
            }
        }
        return recorded;
    }
}
