package dev.migrationledger.ledger.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.envelope.Heartbeat;
import dev.migrationledger.contracts.envelope.HeartbeatAnswer;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.event.AgentEvent.AgentStopped;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.environment.SampleBatches;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What a heartbeat carries, and how it is answered. */
@LedgerTest
class HeartbeatTest {

    private static final UUID OTHER = new UUID(0, 2);

    @Autowired
    TestClient client;

    @Autowired
    EnvironmentCommands environmentCommands;

    @Autowired
    Heartbeats heartbeats;

    @Test
    void the_answer_names_the_last_sequence_of_the_epoch() throws Exception {
        environmentCommands.record(SampleBatches.command(SampleBatches.events("navbot", "told", 1, 5)));
        assertThat(last("told", SampleBatches.EPOCH, 5L)).isEqualTo(5);
        assertThat(last("told", SampleBatches.EPOCH, 3L)).as("a receipt was lost").isEqualTo(5);
        assertThat(last("told", SampleBatches.EPOCH, 7L)).as("the ledger lost two").isEqualTo(5);
        assertThat(last("told", OTHER, 4L)).as("the ledger lost the epoch").isZero();
        assertThat(last("told", OTHER, 0L)).as("nothing was acknowledged, so nothing can be lost").isNull();
        assertThat(last("told", null, null)).as("an older agent").isNull();
    }

    @Test
    void an_earlier_epoch_is_not_taken_for_lost() throws Exception {
        environmentCommands.record(SampleBatches.command(SampleBatches.events("navbot", "two", 1, 5)));
        environmentCommands
                .record(SampleBatches.command(List.of(new AgentEnvelope(new UUID(8, 1), "navbot", "two", "watcher",
                        OTHER, 1,
                        Occurrence.noLaterThan(SampleBatches.NOON), SampleBatches.NOON,
                        new AgentStopped(AgentStopped.Reason.ASKED_TO_STOP)))));
        assertThat(last("two", OTHER, 1L)).isEqualTo(1);
        assertThat(last("two", SampleBatches.EPOCH, 5L)).isEqualTo(5);
    }

    @Test
    void an_environment_without_events_has_a_code_of_its_own() throws Exception {
        Problem problem = TestClient.problem(
                send(new Heartbeat("navbot", "nowhere", "watcher", OTHER, 3L, null)), 404);
        assertThat(problem.code()).isEqualTo(Heartbeat.UNKNOWN_ENVIRONMENT);
    }

    /** Its environment is stale although the agent says that it is there: what it has seen since has not arrived. */
    @ParameterizedTest
    @CsvSource({"600, 600", "0, 0", "-5, 0", "9223372036854775807, 3000000000"})
    void an_agent_with_pending_events_counts_as_live_as_of_its_oldest_one(long pending, long ago)
            throws Exception {
        environmentCommands.record(SampleBatches.command(SampleBatches.events("navbot", "stuck" + ago, 1, 1)));
        Instant before = Instant.now();
        assertThat(
                send(new Heartbeat("navbot", "stuck" + ago, "watcher", SampleBatches.EPOCH, 1L, pending)).statusCode())
                .isEqualTo(200);
        Instant lastHeartbeat = heartbeats.all().stream()
                .filter(it -> it.environment().equals("stuck" + ago))
                .findFirst()
                .orElseThrow()
                .agents()
                .get("watcher");
        assertThat(lastHeartbeat).isNotNull().isBefore(Instant.now().minusSeconds(ago).plus(Duration.ofSeconds(1)));
        if (ago < 1_000) {
            assertThat(lastHeartbeat).isAfter(before.minusSeconds(ago + 1));
        }
    }

    private @Nullable Long last(String environment, @Nullable UUID epoch, @Nullable Long acknowledged)
            throws Exception {
        return TestClient.read(send(new Heartbeat("navbot", environment, "watcher", epoch, acknowledged, null)),
                HeartbeatAnswer.class).lastSequence();
    }

    private HttpResponse<String> send(Heartbeat heartbeat) throws Exception {
        return client.post("/api/v1/heartbeat", ContractJson.write(heartbeat));
    }
}
