package dev.migrationledger.ledger.recording.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.AgentEvent.HeadDetected;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.environment.SampleBatches;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;

/** Events that an older ledger stored. */
@LedgerTest
class UpcasterTest {

    @TestConfiguration(proxyBeanMethods = false)
    static class OneHead {

        /** In revision 0 there was one head, under another name. */
        @Bean
        Upcaster oneHead() {
            return new Upcaster("agent.head-detected", 0, event -> {
                String head = event.remove("head").asString();
                event.putArray("heads").add(head);
                event.putArray("realHeads").add(head);
                return event;
            });
        }
    }

    @Autowired
    EnvironmentCommands environmentCommands;

    @Autowired
    EventLog log;

    @Autowired
    JdbcTemplate jdbc;

    @Test
    void an_event_of_an_older_revision_is_read_as_one_of_today() {
        environmentCommands.record(SampleBatches.command(SampleBatches.events("navbot", "upgraded", 1, 2)));
        stored("navbot/upgraded", "agent.head-detected", "0",
                "{\"type\":\"agent.head-detected.v0\",\"head\":\"ae10\"}");

        assertThat(log.of(StreamId.of("navbot", "upgraded")).map(RecordedEvent::event))
                .last()
                .isEqualTo(new HeadDetected(List.of("ae10"), List.of("ae10")));
    }

    @Test
    void an_event_of_a_newer_ledger_is_not_skipped() {
        environmentCommands.record(SampleBatches.command(SampleBatches.events("navbot", "newer", 1, 2)));
        stored("navbot/newer", "agent.head-detected", "2", "{\"type\":\"agent.head-detected.v2\",\"heads\":[]}");

        assertThatThrownBy(() -> log.of(StreamId.of("navbot", "newer")).toList())
                .hasMessageContaining("type agent.head-detected, revision 2")
                .hasMessageContaining("Start the version of the ledger that recorded it, or a newer one.");
    }

    /** In the place of the stream's last event. */
    private void stored(String stream, String type, String revision, String json) {
        jdbc.execute("alter table ledger.event disable trigger user");
        assertThat(jdbc.update("update ledger.event set payload_type = ?, payload_revision = ?,"
                + " payload = convert_to(?, 'UTF8') where stream = ? and sequence_number = 2",
                type, revision, json, stream)).isOne();
        jdbc.execute("alter table ledger.event enable trigger user");
    }
}
