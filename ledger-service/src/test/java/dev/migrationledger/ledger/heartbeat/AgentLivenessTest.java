package dev.migrationledger.ledger.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.envelope.Heartbeat;
import dev.migrationledger.contracts.environment.EnvironmentReport;
import dev.migrationledger.contracts.environment.EnvironmentReport.WatchingAgent;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.environment.RecordEvents;
import dev.migrationledger.ledger.environment.SampleBatches;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.view.EnvironmentViews;
import dev.migrationledger.testsupport.time.Eventually;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;

/** Killed agents report no stop. */
@LedgerTest
@TestPropertySource(properties = "ledger.stale-after=1s")
class AgentLivenessTest {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Autowired
    TestClient client;

    @Autowired
    EnvironmentCommands environmentCommands;

    @Autowired
    EnvironmentViews views;

    @Autowired
    Heartbeats heartbeats;

    @Autowired
    JdbcTemplate jdbc;

    @Test
    void an_agent_that_was_killed_does_not_watch_for_ever() throws Exception {
        recordStart("killed", "a1", Instant.now());
        Eventually.holds("its heartbeats are missed", () -> !agent("killed").watching());
        assertThat(agent("killed").heardAt()).isNotNull().isAfter(Instant.now().minusSeconds(60));
        assertThat(client.body("/projects/navbot/environments/killed")).contains(">silent<");
        assertThat(client.body("/agents")).contains("✕ silent");
        assertThat(views.find("navbot", "killed").orElseThrow().watching()).as("it did not say so").contains("a1");
    }

    @Test
    void a_heartbeat_counts_as_much_as_an_event() throws Exception {
        recordStart("beating", "a1", Instant.now().minusSeconds(3_600));
        heartbeats.record(heartbeatOf("beating", "a1"), Instant.now().plusSeconds(50));
        assertThat(agent("beating").watching()).isTrue();
        assertThat(agent("beating").heardAt()).isAfter(Instant.now());
    }

    @Test
    void a_ledger_that_has_just_started_or_whose_clock_was_set_back_takes_every_agent_for_present() {
        Instant start = SampleBatches.NOON;
        Instant[] now = {start};
        AgentLiveness liveness = new AgentLiveness(heartbeats, new Clock() {
            @Override
            public Instant instant() {
                return now[0];
            }

            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }
        }, PATIENCE);
        Instant killed = start.minus(Duration.ofDays(30));
        Instant future = start.plus(Duration.ofDays(365));
        assertThat(liveness.isPresent(killed)).isTrue();
        now[0] = start.plus(PATIENCE);
        assertThat(liveness.isPresent(killed)).isTrue();
        assertThat(liveness.isPresent(future)).isTrue();
        now[0] = start.plus(PATIENCE).plusSeconds(1);
        assertThat(liveness.isPresent(killed)).isFalse();
        assertThat(liveness.isPresent(future)).isFalse();
        assertThat(liveness.isPresent(now[0].minus(PATIENCE))).isTrue();
    }

    /** As where each run of a pipeline has a new agent. */
    @Test
    void an_agent_silent_for_a_week_is_forgotten_at_the_next_heartbeat_of_another() {
        recordStart("runs", "a1", Instant.now());
        Instant now = Instant.now();
        heartbeatOf("runs", "killed", now.minus(Duration.ofDays(8)));
        heartbeatOf("runs", "missed", now.minus(Duration.ofDays(6)));
        heartbeatOf("alone", "last", now.minus(Duration.ofDays(800)));
        assertThat(lastHeartbeats("runs")).containsExactlyInAnyOrder("killed", "missed");

        heartbeats.record(heartbeatOf("runs", "a1"), now);

        assertThat(lastHeartbeats("runs")).containsExactlyInAnyOrder("missed", "a1");
        assertThat(lastHeartbeats("alone")).as("nobody came after it").containsExactly("last");
    }

    @Test
    void of_very_many_agents_the_latest_are_remembered() {
        recordStart("many", "a1", Instant.now());
        Instant now = Instant.now();
        for (int run = 0; run < 300; run++) {
            heartbeatOf("many", "run-" + run, now.minusSeconds(1_000 - run));
        }
        heartbeats.record(heartbeatOf("many", "a1"), now);
        assertThat(lastHeartbeats("many")).hasSize(200).contains("a1", "run-299").doesNotContain("run-0", "run-100");
    }

    private Set<String> lastHeartbeats(String environment) {
        return heartbeats.of("navbot", List.of(environment)).getOrDefault(environment, java.util.Map.of()).keySet();
    }

    private static Heartbeat heartbeatOf(String environment, String agent) {
        return new Heartbeat("navbot", environment, agent, null, null, null);
    }

    private void heartbeatOf(String environment, String agent, Instant at) {
        jdbc.update("insert into ledger.heartbeat values ('navbot', ?, ?, ?)", environment, agent, Timestamp.from(at));
    }

    private void recordStart(String environment, String agent, Instant now) {
        AgentEnvelope start = SampleBatches.event("navbot", environment, 1);
        environmentCommands.record(new RecordEvents(
                List.of(new AgentEnvelope(start.eventId(), "navbot", environment, agent, SampleBatches.EPOCH, 1,
                        start.occurredAt(), start.observedAt(), start.event())),
                now, new UUID(9, 9)));
    }

    private WatchingAgent agent(String environment) throws Exception {
        return client.read("/api/v1/projects/navbot/environments/" + environment, EnvironmentReport.class).agents()
                .getFirst();
    }
}
