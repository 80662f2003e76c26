package dev.migrationledger.ledger.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.envelope.Receipt;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.AgentEvent.AgentStarted;
import dev.migrationledger.contracts.event.AgentEvent.ObservationGap;
import dev.migrationledger.contracts.event.GapReason.EventRefused;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.environment.SampleBatches;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.recording.store.EventLog;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@LedgerTest
class IngestTest {

    @Autowired
    TestClient client;

    @Autowired
    EventLog log;

    @Test
    void a_batch_is_recorded_and_its_repetition_is_answered_as_such() throws Exception {
        byte[] batch = json(SampleBatches.events("shop", "first", 1, 3));

        assertThat(receipt(post(batch))).isEqualTo(new Receipt(3, 0, 3));
        assertThat(receipt(post(batch))).isEqualTo(new Receipt(0, 3, 3));
        assertThat(receipt(post(json(SampleBatches.events("shop", "first", 2, 5))))).isEqualTo(new Receipt(2, 2, 5));
        assertThat(log.of(StreamId.of("shop", "first")).map(RecordedEvent::origin).skip(1))
                .extracting(origin -> origin == null ? 0 : origin.sequence())
                .containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void a_compressed_batch_is_recorded() throws Exception {
        byte[] batch = gzip(json(SampleBatches.events("shop", "compressed", 1, 2)));

        assertThat(receipt(post(batch, "Content-Encoding", "gzip"))).isEqualTo(new Receipt(2, 0, 2));
    }

    @Test
    void a_batch_ahead_is_refused_with_the_sequence_expected() throws Exception {
        post(json(SampleBatches.events("shop", "ahead", 1, 2)));

        Problem problem = problem(post(json(SampleBatches.events("shop", "ahead", 4, 5))), 409, "sequence-ahead");
        assertThat(problem.expected()).isEqualTo(3);
        assertThat(problem.detail()).contains("sequence 4", "'watcher'", "3 comes next");
    }

    @Test
    void a_copied_spool_is_noticed() throws Exception {
        post(json(SampleBatches.events("shop", "copied", 1, 2)));
        String other = new String(json(SampleBatches.events("shop", "copied", 1, 2)), StandardCharsets.UTF_8)
                .replace("00000000-0000-0007-0000-000000000002", "00000000-0000-0007-0000-0000000000ff");

        assertThat(problem(post(other), 409, "sequence-conflict").detail()).contains("copies of one spool");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {"events": [                              | 400 | malformed          |
            nonsense                                  | 400 | malformed          |
            []                                        | 422 | invalid-field      |
            null                                      | 422 | invalid-field      |
            {}                                        | 422 | invalid-field      | events
            {"events": null}                          | 422 | invalid-field      | events
            {"events": [null]}                        | 422 | invalid-field      | events[0]
            {"events": [{"eventId": "x"}]}            | 422 | invalid-field      | events[0].eventId
            {"events": []}                            | 422 | empty-batch        | events
            """)
    void what_is_no_batch_is_refused(String body, int status, String code, String field) throws Exception {
        assertThat(problem(post(body), status, code).field()).isEqualTo(field);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "sequence":1                | "sequence":0                | 422 | invalid-field      | events[0].sequence
            "sequence":1                | "sequence":"many"           | 422 | invalid-field      | events[0].sequence
            "sequence":2                | "sequence":3                | 422 | sequence-gap       | events[1].sequence
            "project":"shop"            | "project":"sh/op"           | 422 | invalid-field      | events[0].project
            "observedAt":"2026-         | "observedAt":"-12026-       | 422 | invalid-field      | events[0].observedAt
            "no-later-than"             | "between"                   | 422 | invalid-field      | events[0].occurredAt.notBefore
            "no-later-than"             | "between","notBefore":"2026-01-01T12:00:01Z" | 422 | invalid-field | events[0].occurredAt.notBefore
            "no-later-than"             | "exact","notBefore":"2026-01-01T11:00:00Z"   | 422 | invalid-field | events[0].occurredAt.notBefore
            agent.head-detected.v1      | agent.invented.v1           | 422 | unknown-event-type | events[1].event
            agent.head-detected.v1      | ledger.merge-approved.v1    | 422 | unknown-event-type | events[1].event
            """)
    void a_wrong_value_is_refused_by_its_path(String right, String wrong, int status, String code, String field)
            throws Exception {
        String body = new String(json(SampleBatches.events("shop", "wrong", 1, 2)), StandardCharsets.UTF_8);
        assertThat(body).contains(right);

        assertThat(problem(post(body.replace(right, wrong)), status, code).field())
                .isEqualTo(field);
        assertThat(log.of(StreamId.of("shop", "wrong"))).isEmpty();
    }

    @Test
    void a_batch_about_two_environments_is_refused() throws Exception {
        List<AgentEnvelope> mixed = List.of(SampleBatches.event("shop", "mixed", 1),
                SampleBatches.event("shop", "other", 2));

        assertThat(problem(post(json(mixed)), 422, "mixed-batch").field()).isEqualTo("events[1].environment");
    }

    @Test
    void too_many_events_are_refused() throws Exception {
        assertThat(problem(post(json(SampleBatches.events("shop", "many", 1, 501))), 413, "too-large").field())
                .isEqualTo("events");
    }

    @Test
    void a_bomb_is_refused_before_it_is_inflated() throws Exception {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(bomb)) {
            byte[] spaces = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
            for (int megabytes = 0; megabytes < 100; megabytes++) {
                zip.write(spaces);
            }
        }

        problem(post(bomb.toByteArray(), "Content-Encoding", "gzip"), 413, "too-large");
    }

    @Test
    void what_is_longer_than_it_may_be_is_refused_with_its_size_and_its_bound() throws Exception {
        String label = "x".repeat(30 << 20);
        AgentEnvelope started = SampleBatches.event("shop", "long", 1,
                new AgentStarted("1", "alembic", "watch", Map.of("tier", "LABEL")));
        String body = new String(json(List.of(started)), StandardCharsets.UTF_8).replace("LABEL", label);

        Problem problem = problem(post(gzip(body.getBytes(StandardCharsets.UTF_8)), "Content-Encoding", "gzip"), 422,
                "out-of-bounds");

        assertThat(problem.field()).isEqualTo("events[0].event.labels.tier");
        assertThat(problem.detail()).contains("31,457,280 characters", "use at most 1,000");
        assertThat(log.of(StreamId.of("shop", "long"))).isEmpty();
    }

    @Test
    void what_only_claims_to_be_compressed_is_refused() throws Exception {
        byte[] batch = json(SampleBatches.events("shop", "claim", 1, 1));
        byte[] zipped = gzip(batch);

        problem(post(batch, "Content-Encoding", "gzip"), 400, "malformed");
        problem(post(Arrays.copyOf(zipped, zipped.length / 2),
                "Content-Encoding", "gzip"), 400, "malformed");
        problem(post(batch, "Content-Encoding", "br"), 415, "unsupported-encoding");
    }

    @Test
    void other_media_types_methods_and_addresses_are_refused_as_problems() throws Exception {
        problem(client.send(client.request("/api/v1/events").header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("x"))),
                415, "unsupported-media-type");
        problem(client.send(client.request("/api/v1/events").GET()), 405, "method-not-allowed");
        assertThat(problem(client.send(client.request("/api/v1/nothing").GET()), 404, "not-found").detail())
                .isEqualTo("Nothing exists at /api/v1/nothing; /api/v1/openapi lists all addresses.");
        assertThat(problem(client.send(client.request("/api/v1/events").POST(BodyPublishers.noBody())), 415,
                "unsupported-media-type").detail())
                .isEqualTo("The request has no Content-Type; use application/json.");
        problem(client.send(client.request("/error").GET()), 404, "not-found");
    }

    /** U+0000 and half a surrogate pair: legal in JSON, and each the end of some way to store text. */
    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "\\ud800", "\\udc00"})
    void text_that_databases_stumble_over_is_refused(String escape) throws Exception {
        String environment = "text-" + escape.substring(2);
        AgentEnvelope event = SampleBatches.event("shop", environment, 1, new ObservationGap(SampleBatches.NOON,
                SampleBatches.NOON, new EventRefused("agent.new.v9", "a*b")));
        String body = new String(json(List.of(event)), StandardCharsets.UTF_8).replace("a*b", "a" + escape + "b");

        assertThat(problem(post(body), 422, "invalid-field").field()).isEqualTo("events[0].event.reason.answer");
        assertThat(log.of(StreamId.of("shop", environment))).isEmpty();
    }

    /** Else an agent could not read why, and would take the ledger for something else. */
    @Test
    void a_refusal_that_quotes_such_text_can_be_read() throws Exception {
        Problem problem = problem(post("{\"events\": [{\"eventId\": \"\\u0000\\ud800\"}]}"), 422, "invalid-field");

        assertThat(problem.field()).isEqualTo("events[0].eventId");
        assertThat(problem.detail()).contains("\ufffd\ufffd");
    }

    @Test
    void deep_nesting_is_refused() throws Exception {
        problem(post("{\"mood\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}"), 422, "invalid-field");
    }

    @Test
    void many_at_once_about_one_environment_record_every_event_once() throws Exception {
        byte[] batch = json(SampleBatches.events("shop", "busy", 1, 50));
        try (var threads = Executors.newFixedThreadPool(8)) {
            Callable<HttpResponse<String>> send = () -> post(batch);
            List<Future<HttpResponse<String>>> answers = threads
                    .invokeAll(Stream.generate(() -> send).limit(24).toList());
            int recorded = 0;
            for (Future<HttpResponse<String>> answer : answers) {
                recorded += receipt(answer.get()).recorded();
            }
            assertThat(recorded).isEqualTo(50);
        }
        assertThat(log.of(StreamId.of("shop", "busy"))).hasSize(51);
    }

    private HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return post(body.getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> post(byte[] body, String... headers) throws IOException, InterruptedException {
        return client.post("/api/v1/events", body, headers);
    }

    private static Receipt receipt(HttpResponse<String> answer) {
        return TestClient.read(answer, Receipt.class);
    }

    private static Problem problem(HttpResponse<String> answer, int status, String code) {
        Problem problem = TestClient.problem(answer, status);
        assertThat(problem.code()).as(answer.body()).isEqualTo(code);
        assertThat(problem.detail()).isNotBlank().doesNotContain("dev.migrationledger", "tools.jackson");
        return problem;
    }

    private static byte[] json(List<AgentEnvelope> events) {
        return ContractJson.write(new EventBatch(events));
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(zipped)) {
            zip.write(bytes);
        }
        return zipped.toByteArray();
    }
}
