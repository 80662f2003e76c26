package dev.migrationledger.ledger.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.event.AgentEvent.HeadDetected;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.environment.SampleBatches;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.recording.store.EventLog;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** More senders than the pool has connections, which are four in tests. */
@LedgerTest
class ParallelSendersTest {

    private static final int EACH = 15;

    @Autowired
    TestClient client;

    @Autowired
    EventLog log;

    /** Enough events that snapshots fall due while others wait. */
    @ParameterizedTest
    @CsvSource({"16, 1", "16, 4", "20, 20"})
    void all_are_answered_and_so_are_bystanders(int senders, int environments) throws Exception {
        String project = "busy-" + senders + "-" + environments;
        try (ExecutorService threads = Executors.newFixedThreadPool(senders + 2)) {
            List<Future<Map<Integer, Integer>>> sent = new ArrayList<>();
            for (int i = 0; i < senders; i++) {
                String agent = "agent-" + i;
                String environment = "e" + i % environments;
                sent.add(threads.submit(() -> send(project, environment, agent)));
            }
            Callable<Map<Integer, Integer>> bystander = () -> readWhile(sent);
            Future<Map<Integer, Integer>> one = threads.submit(bystander);
            Future<Map<Integer, Integer>> other = threads.submit(bystander);

            for (Future<Map<Integer, Integer>> sender : sent) {
                assertThat(sender.get()).isEqualTo(Map.of(200, EACH));
            }
            assertThat(one.get()).containsOnlyKeys(200);
            assertThat(other.get()).containsOnlyKeys(200);
        }
        long events = 0;
        for (int i = 0; i < environments; i++) {
            events += log.of(StreamId.of(project, "e" + i)).count();
        }
        assertThat(events).isEqualTo(10L * senders * EACH + environments);
    }

    @Test
    void a_contended_environment_answers_busy_within_a_bound() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(60)) {
            List<Future<Map<Integer, Integer>>> sent = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                String agent = "agent-" + i;
                sent.add(threads.submit(() -> send("wanted", "e", agent)));
            }
            for (Future<Map<Integer, Integer>> sender : sent) {
                assertThat(sender.get().keySet()).isSubsetOf(200, 503);
            }
        }
    }

    /** Each batch holds ten events; one that is refused is not sent again. */
    private Map<Integer, Integer> send(String project, String environment, String agent)
            throws IOException, InterruptedException {
        Map<Integer, Integer> answers = new TreeMap<>();
        long next = 1;
        for (int i = 0; i < EACH; i++) {
            List<AgentEnvelope> events = new ArrayList<>();
            for (long sequence = next; sequence < next + 10; sequence++) {
                events.add(new AgentEnvelope(new UUID(agent.hashCode(), sequence), project, environment, agent,
                        SampleBatches.EPOCH, sequence, Occurrence.noLaterThan(SampleBatches.NOON), SampleBatches.NOON,
                        new HeadDetected(List.of("a"), List.of("a"))));
            }
            int status = client.post("/api/v1/events", ContractJson.write(new EventBatch(events)))
                    .statusCode();
            answers.merge(status, 1, Integer::sum);
            next += status == 200 ? 10 : 0;
        }
        return answers;
    }

    private Map<Integer, Integer> readWhile(List<Future<Map<Integer, Integer>>> whileThese)
            throws IOException, InterruptedException {
        Map<Integer, Integer> answers = new TreeMap<>();
        do {
            answers.merge(client.status("/api/v1/projects"),
                    1, Integer::sum);
            Thread.sleep(20);
        } while (!whileThese.stream().allMatch(Future::isDone));
        return answers;
    }
}
