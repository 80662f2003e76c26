package dev.migrationledger.contracts.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.event.AgentEvent.RevisionStamped;
import dev.migrationledger.contracts.event.Evidence;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WireTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private static final AgentEnvelope ENVELOPE = new AgentEnvelope(
            UUID.fromString("019b76da-a800-7000-8000-000000000001"),
            "navbot",
            "staging",
            "a1",
            UUID.fromString("019b76da-a800-7000-8000-0000000000ee"),
            1,
            Occurrence.exactly(NOON),
            NOON,
            new RevisionStamped(
                    List.of("a"),
                    List.of(),
                    new Evidence(Evidence.Witness.SCHEMA_DIFFERENCE, Evidence.Certainty.CERTAIN, null)));

    @Test
    void what_is_written_is_read_back() {
        EventBatch batch = new EventBatch(List.of(ENVELOPE));
        String json = new String(Wire.write(batch), StandardCharsets.UTF_8);
        assertThat(json)
                .contains("\"type\":\"agent.revision-stamped.v1\"")
                .contains("schema-difference")
                .contains("2026-01-01T12:00:00Z");
        assertThat(Wire.read(Wire.write(batch), EventBatch.class)).isEqualTo(batch);
    }

    @Test
    void an_unknown_field_is_passed_over() {
        assertThat(read(json().replace("\"sequence\":1", "\"sequence\":1,\"mood\":{\"x\":[1]}")))
                .isEqualTo(ENVELOPE);
    }

    @Test
    void an_unknown_event_type_is_refused() {
        assertThatThrownBy(() -> read(json().replace("revision-stamped.v1", "revision-stamped.v9")))
                .isInstanceOfSatisfying(WireException.class, e -> {
                    assertThat(e.kind()).isEqualTo(WireException.Kind.UNKNOWN_EVENT_TYPE);
                    assertThat(e.field()).isEqualTo("event");
                })
                .hasMessageContaining("unknown event type 'agent.revision-stamped.v9'");
    }

    @Test
    void a_missing_field_is_named() {
        assertThatThrownBy(() -> read(json().replace("\"replaced\":[],", "")))
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.field()).isEqualTo("event.replaced"));
    }

    @Test
    void a_null_where_a_value_must_be_is_named() {
        assertThatThrownBy(() -> read(json().replace("\"agent\":\"a1\"", "\"agent\":null")))
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.field()).isEqualTo("agent"));
    }

    @Test
    void an_agent_cannot_state_what_only_the_ledger_decides() {
        assertThatThrownBy(() -> read(json().replace("agent.revision-stamped.v1", "ledger.merge-approved.v1")))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("ledger.merge-approved.v1");
    }

    @Test
    void a_name_that_cannot_be_one_is_refused_with_its_reason() {
        assertThatThrownBy(() -> read(json().replace("\"navbot\"", "\"nav/bot\"")))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("'nav/bot' cannot be the name of the project");
    }

    @Test
    void what_is_no_json_is_said_to_be_none() {
        assertThatThrownBy(() -> read("{\"eventId\": "))
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.kind()).isEqualTo(WireException.Kind.MALFORMED));
    }

    private static String json() {
        return new String(Wire.write(ENVELOPE), StandardCharsets.UTF_8);
    }

    private static AgentEnvelope read(String json) {
        return Wire.read(json.getBytes(StandardCharsets.UTF_8), AgentEnvelope.class);
    }
}
