package dev.migrationledger.contracts.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.AgentEvent.AgentStarted;
import dev.migrationledger.contracts.event.AgentEvent.RevisionStamped;
import dev.migrationledger.contracts.event.Evidence;
import dev.migrationledger.contracts.footprint.Alteration;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContractJsonTest {

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
                    new Evidence(Evidence.Method.SCHEMA_DIFFERENCE, Evidence.Certainty.CERTAIN, List.of())));

    @Test
    void what_is_written_is_read_back() {
        EventBatch batch = new EventBatch(List.of(ENVELOPE));
        String json = new String(ContractJson.write(batch), StandardCharsets.UTF_8);
        assertThat(json)
                .contains("\"type\":\"agent.revision-stamped.v1\"")
                .contains("schema-difference")
                .contains("2026-01-01T12:00:00Z");
        assertThat(ContractJson.read(ContractJson.write(batch), EventBatch.class)).isEqualTo(batch);
    }

    @Test
    void an_unknown_field_is_ignored() {
        assertThat(read(json().replace("\"sequence\":1", "\"sequence\":1,\"mood\":{\"x\":[1]}")))
                .isEqualTo(ENVELOPE);
    }

    @Test
    void an_older_name_of_a_kind_is_read_and_the_present_one_is_written() {
        Alteration altered = new Alteration.NotCompared("OWNER TO app");

        assertThat(ContractJson.line(altered)).isEqualTo("{\"change\":\"not-compared\",\"text\":\"OWNER TO app\"}");
        assertThat(ContractJson.read(
                "{\"change\":\"unseen\",\"text\":\"OWNER TO app\"}".getBytes(StandardCharsets.UTF_8),
                Alteration.class)).isEqualTo(altered);
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
    void text_that_is_not_json_is_refused_as_such() {
        assertThatThrownBy(() -> read("{\"eventId\": "))
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.kind()).isEqualTo(WireException.Kind.MALFORMED));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "sequence":1          | "sequence":"1"              | sequence | must be a whole number up to 9223372036854775807, not '1'
            "sequence":1          | "sequence":1.9              | sequence | must be a whole number up to 9223372036854775807, not 1.9
            "sequence":1          | "sequence":1e999999999      | sequence | not 1e999999999
            "sequence":1          | "sequence":99999999999999999999 | sequence | not 99999999999999999999
            "sequence":1          | "sequence":true             | sequence | not true
            "sequence":1          | "sequence":null             | sequence | sequence must not be null
            "sequence":1          | "sequence":0                | sequence | sequence is 0; sequences start at 1
            "sequence":1,         | ``                          | sequence | sequence is missing
            "sequence":1          | "sequence":1,"sequence":2   | sequence | sequence is given twice
            "type":"agent         | "type":"agent.stopped.v1","type":"agent | event.type | event.type is given twice
            "agent":"a1"          | "agent":5                   | agent | agent must be a string, not 5
            "agent":"a1"          | "agent":{"x":1}             | agent | agent must be a string, not an object
            "navbot"              | "nav/bot"                   | project | 'nav/bot' is not a valid name of the project
            "navbot"              | "\\u0000"                    | project | contains a NUL character
            ["a"]                 | ["\\ud800"]                  | event.revisions[0] | half a surrogate pair
            ["a"]                 | ["a",null]                  | event.revisions[1] | event.revisions[1] must not be null
            ["a"]                 | ["a",3]                     | event.revisions[1] | event.revisions[1] must be a string, not 3
            ["a"]                 | "a"                         | event.revisions | event.revisions must be an array, not 'a'
            "019b76da-a800-7000-8000-0000000000ee" | "1-1-1-1-1" | epoch | must be a UUID such as 019b76da-a800-7000-8000-000000000001, not '1-1-1-1-1'
            "019b76da-a800-7000-8000-0000000000ee" | ""          | epoch | must be a UUID
            "observedAt":"2026-01-01T12:00:00Z" | "observedAt":"noon" | observedAt | must be an instant such as 2026-01-01T12:00:00Z, not 'noon'
            "observedAt":"2026-01-01T12:00:00Z" | "observedAt":1e999999999 | observedAt | must be an instant such as 2026-01-01T12:00:00Z, not 1e999999999
            "observedAt":"2026-01-01T12:00:00Z" | "observedAt":"+99999-01-01T12:00:00Z" | observedAt | must be an instant between the years 1 and 9999
            "exact"               | "nearly"                    | occurredAt.precision | must be one of exact, between, no-later-than, not 'nearly'
            "exact"               | "EXACT"                     | occurredAt.precision | not 'EXACT'
            "exact"               | 1                           | occurredAt.precision | not 1
            "exact"               | ""                          | occurredAt.precision | must be one of exact, between, no-later-than
            {"at":"2026-01-01T12:00:00Z","precision":"exact"} | [] | occurredAt | occurredAt must be an object, not an array
            {"at":"2026-01-01T12:00:00Z","precision":"exact"} | "now" | occurredAt | occurredAt must be an object, not 'now'
            "type":"agent.revision-stamped.v1", | ``              | event | event has no type
            "type":"agent.revision-stamped.v1" | "type":null      | event | event has no type
            """)
    void a_value_that_is_none_is_refused_with_its_place(String before, String after, String field, String message) {
        assertThat(json()).contains(before);
        assertRefused(json().replace(before, after), field, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            []        | the JSON must be an object, not an array
            "x"       | the JSON must be an object, not 'x'
            3         | the JSON must be an object, not 3
            null      | the JSON must not be null
            ``        | the JSON is empty
            """)
    void what_is_no_object_is_refused(String json, String message) {
        assertRefused(json, null, message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"eventId\": ", "hello", "{\"x\":NaN}", "{'x':1}", "{\"x\":1,}", "{\"x\":\"\u0001\"}",
        "[1] [", "\uFEFF{"})
    void what_is_no_json_is_refused_with_its_place(String json) {
        WireException refused = refused(json);
        assertThat(refused.kind()).isIn(WireException.Kind.MALFORMED, WireException.Kind.INVALID_FIELD);
        assertSpeaksJson(refused);
    }

    @Test
    void bytes_that_are_no_utf_8_are_refused() {
        assertThatThrownBy(
                () -> ContractJson.read(new byte[]{'{', '"', (byte) 0xff, '"', ':', '1', '}'}, AgentEnvelope.class))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("not JSON at line 1");
    }

    @Test
    void a_second_value_is_refused() {
        assertRefused(json() + "{}", null, "the JSON is followed by more; send one value");
    }

    @Test
    void nothing_is_nested_without_end() {
        assertRefused(json().replace("\"sequence\":1", "\"sequence\":1,\"x\":" + "[".repeat(1_000_000)), null, "101");
        assertThat(read(json().replace("\"sequence\":1", "\"sequence\":1,\"x\":" + "[".repeat(50) + "]".repeat(50))))
                .isEqualTo(ENVELOPE);
    }

    @Test
    void no_number_and_no_name_is_without_end() {
        assertRefused(json().replace("\"sequence\":1", "\"sequence\":" + "9".repeat(100_000)), null, "the 100 allowed");
        assertRefused(json().replace("\"sequence\":1", "\"" + "k".repeat(100_000) + "\":1"), null, "the 1000 allowed");
    }

    @Test
    void a_long_value_is_not_repeated_in_full() {
        assertThat(refused(json().replace("\"exact\"", "\"" + "x".repeat(10_000) + "\"")).getMessage())
                .hasSizeLessThan(300);
        assertThat(refused(json().replace("\"navbot\"", "\"" + "x".repeat(10_000) + "\"")).getMessage())
                .hasSizeLessThan(300);
        assertThat(refused(json().replace("revision-stamped", "x".repeat(10_000))).getMessage()).hasSizeLessThan(300);
    }

    @Test
    void a_null_where_there_may_be_nothing_is_nothing() {
        assertThat(read(json().replace("\"certainty\":\"certain\"", "\"certainty\":\"certain\",\"detail\":null")))
                .isEqualTo(ENVELOPE);
    }

    @Test
    void the_type_may_stand_anywhere_in_its_event() {
        assertThat(read(json()
                .replace("\"type\":\"agent.revision-stamped.v1\",", "")
                .replace("\"replaced\":[],", "\"replaced\":[],\"type\":\"agent.revision-stamped.v1\",")))
                .isEqualTo(ENVELOPE);
    }

    @Test
    void a_refusal_names_the_place_in_the_batch() {
        String batch = "{\"events\":[" + json() + "," + json().replace("\"sequence\":1", "\"sequence\":-1") + "]}";
        assertThatThrownBy(() -> ContractJson.read(batch.getBytes(StandardCharsets.UTF_8), EventBatch.class))
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.field()).isEqualTo("events[1].sequence"));
    }

    @Test
    void what_no_database_stores_is_written_as_the_replacement_character() {
        String written = new String(
                ContractJson.write(new AgentStarted("\ud800 1 \ud83d\ude00", "a\0", "watch", Map.of("k\0", "\udc00"))),
                StandardCharsets.UTF_8);
        assertThat(written).contains("\ufffd 1 \ud83d\ude00", "a\ufffd", "\"k\ufffd\":\"\ufffd\"")
                .doesNotContain("\\u0000");
        assertThat(ContractJson.read(written.getBytes(StandardCharsets.UTF_8), AgentEvent.class))
                .isInstanceOf(AgentStarted.class);
    }

    private static void assertRefused(String json, @Nullable String field, String message) {
        WireException refused = refused(json);
        assertThat(refused).hasMessageContaining(message);
        assertThat(refused.kind()).isEqualTo(WireException.Kind.INVALID_FIELD);
        assertThat(refused.field()).isEqualTo(field);
        assertSpeaksJson(refused);
    }

    /** No one who sends JSON should have to know that this is Java. */
    private static void assertSpeaksJson(WireException refused) {
        assertThat(refused.getMessage()).doesNotContain("java", "jackson", "dev.migrationledger", "JsonToken",
                "Feature", "`", "Exception");
    }

    private static WireException refused(String json) {
        return catchThrowableOfType(WireException.class, () -> read(json));
    }

    private static String json() {
        return new String(ContractJson.write(ENVELOPE), StandardCharsets.UTF_8);
    }

    private static AgentEnvelope read(String json) {
        return ContractJson.read(json.getBytes(StandardCharsets.UTF_8), AgentEnvelope.class);
    }
}
