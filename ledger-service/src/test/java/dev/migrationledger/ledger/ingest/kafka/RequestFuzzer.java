package dev.migrationledger.ledger.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.identity.Ed25519Signature;
import dev.migrationledger.contracts.identity.Ed25519Signature.Purpose;
import dev.migrationledger.contracts.identity.KeyState;
import dev.migrationledger.contracts.kafka.LedgerHeaders;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.environment.SampleBatches;
import dev.migrationledger.ledger.identity.TestAgent;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.testsupport.fuzz.JsonMutator;
import dev.migrationledger.testsupport.fuzz.Mutator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Sends mutated batches over HTTP, and the same bytes through the listener of Kafka. Each is answered, none fails in the ledger, and what is
 * refused leaves no event.
 */
final class RequestFuzzer {

    private static final Path EXAMPLES = Path.of("../api-contracts/src/test/resources/golden");
    private static final Set<Integer> STATUSES = Set.of(200, 400, 409, 413, 415, 422);
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final List<String> PATHS = List.of("/api/v1/events", "/api/v1/heartbeat", "/api/v1/agents",
            "/api/v1/agents/" + "0".repeat(64) + "/renew");

    private final TestClient ledger;
    private final JdbcTemplate jdbc;
    private final RequestListener listener;
    private final TestAgent agent;
    private final String project;
    private final List<AgentEvent> examples;
    private final Set<String> accepted = new TreeSet<>();

    RequestFuzzer(TestClient ledger, JdbcTemplate jdbc, RequestListener listener, TestAgent agent, String project)
            throws IOException {
        this.ledger = ledger;
        this.jdbc = jdbc;
        this.listener = listener;
        this.agent = agent;
        this.project = project;
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            List<AgentEvent> read = new ArrayList<>();
            for (Path file : files.filter(it -> it.getFileName().toString().startsWith("agent.")).sorted().toList()) {
                read.add(ContractJson.read(Files.readAllBytes(file), AgentEvent.class));
            }
            examples = List.copyOf(read);
        }
    }

    /** Environments with events that were accepted. */
    Set<String> accepted() {
        return accepted;
    }

    void send(long seed) {
        try {
            Mutator mutator = new Mutator(seed);
            String environment = "tenant-" + seed;
            byte[] valid = batch(mutator, environment);
            byte[] body = mutator.oneIn(12) ? valid : new JsonMutator(mutator).json(valid);
            long before = events();
            boolean taken = http(body, Map.of());
            http(body, headers(mutator));
            if (taken) {
                accepted.add(environment);
            }
            long after = events();
            assertThat(taken || after == before).as("recorded what was refused").isTrue();
            kafka(mutator, environment, body);
            assertThat(events()).as("recorded over Kafka what HTTP refused, or twice").isEqualTo(after);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (Exception | AssertionError e) {
            throw new AssertionError("-Dfuzz.seed=%d: %s".formatted(seed, e.getMessage()), e);
        }
    }

    private byte[] batch(Mutator mutator, String environment) {
        List<AgentEnvelope> events = new ArrayList<>();
        for (int sequence = 1; sequence <= 1 + mutator.random().nextInt(6); sequence++) {
            events.add(new AgentEnvelope(UUID.nameUUIDFromBytes("%s/%s/%d".formatted(project, environment, sequence)
                    .getBytes(StandardCharsets.UTF_8)), project, environment, "watcher", SampleBatches.EPOCH, sequence,
                    Occurrence.noLaterThan(SampleBatches.NOON), SampleBatches.NOON, mutator.any(examples)));
        }
        return ContractJson.write(new EventBatch(events));
    }

    private long events() {
        return Objects.requireNonNull(jdbc.queryForObject(
                "select count(*) from ledger.event where payload_type like 'agent.%'", Long.class));
    }

    private static Map<String, String> headers(Mutator mutator) {
        Map<String, String> headers = new LinkedHashMap<>();
        switch (mutator.random().nextInt(5)) {
            case 0 -> headers.put("Content-Encoding",
                    mutator.any(List.of("gzip", "identity", "br", "gzip, gzip", "", "GZIP")));
            case 1 -> headers.put("Content-Type", mutator.any(List.of("application/json;charset=utf-16", "text/plain",
                    "application/x-www-form-urlencoded", "*/*", "json", "")));
            case 2 -> headers.put("Accept", mutator.any(List.of("text/html", "text/event-stream", "x", "*/*;q=2")));
            case 3 -> {
                headers.put(Ed25519Signature.KEY_HEADER, mutator.any(List.of("", "0".repeat(64), "a'b", "\u00e9")));
                headers.put(Ed25519Signature.SIGNATURE_HEADER,
                        mutator.any(List.of("", "====", "a", "b".repeat(5_000))));
            }
            default -> headers.put("Content-Encoding", "x-gzip");
        }
        return headers;
    }

    private boolean http(byte[] body, Map<String, String> headers) throws IOException, InterruptedException {
        boolean zipped = "x-gzip".equals(headers.get("Content-Encoding"));
        HttpRequest.Builder request = ledger.request("/api/v1/events").timeout(LONGEST)
                .POST(BodyPublishers.ofByteArray(zipped ? gzip(body) : body));
        if (!headers.containsKey("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach(request::header);
        HttpResponse<String> answer = ledger.send(request);
        if (headers.containsKey(Ed25519Signature.KEY_HEADER) || headers.containsKey("Accept")) {
            assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 499);
            return answer.statusCode() == 200;
        }
        assertThat(answer.statusCode()).as(answer.body()).isIn(STATUSES);
        if (answer.statusCode() == 200) {
            return true;
        }
        Problem problem = TestClient.problem(answer, answer.statusCode());
        assertThat(problem.detail()).isNotBlank().doesNotContain("dev.migrationledger", "tools.jackson", "java.lang",
                "Exception");
        return false;
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(zipped)) {
            zip.write(bytes);
        }
        return zipped.toByteArray();
    }

    /** With a good signature, mostly: else all would end there. */
    private void kafka(Mutator mutator, String environment, byte[] body) throws IOException {
        String key = mutator.oneIn(6)
                ? mutator.odd(List.of(project + "/" + environment, project, "/", "a/b/c"))
                : project + "/" + environment;
        String path = mutator.oneIn(8) ? mutator.odd(PATHS) : mutator.any(PATHS.subList(0, mutator.oneIn(4) ? 2 : 1));
        boolean zipped = mutator.oneIn(4);
        byte[] value = zipped ? gzip(body) : body;
        Purpose purpose = path.equals("/api/v1/heartbeat") ? Purpose.HEARTBEAT : Purpose.BATCH;
        Ed25519Signature signature = agent.sign(purpose, body);
        RecordHeaders headers = new RecordHeaders();
        add(headers, mutator, LedgerHeaders.PATH, path);
        add(headers, mutator, LedgerHeaders.REQUEST, mutator.oneIn(20) ? "x".repeat(2_000_000) : "fuzz-" + environment);
        add(headers, mutator, LedgerHeaders.ANSWER_PARTITION, "2");
        add(headers, mutator, Ed25519Signature.KEY_HEADER, signature.key());
        add(headers, mutator, Ed25519Signature.SIGNATURE_HEADER, signature.value());
        add(headers, mutator, KeyState.HEADER, agent.state().toString());
        if (zipped) {
            add(headers, mutator, "Content-Encoding", "gzip");
        }
        long time = mutator.oneIn(10)
                ? mutator.any(List.of(-1L, 0L, Long.MAX_VALUE, Long.MIN_VALUE))
                : 1_700_000_000_000L;
        listener.onMessage(List.of(new ConsumerRecord<>("test.requests", 0, 0, time, TimestampType.CREATE_TIME,
                key.length(), value.length, mutator.oneIn(50) ? null : key, mutator.oneIn(50) ? null : value, headers,
                java.util.Optional.empty())));
    }

    private void add(RecordHeaders headers, Mutator mutator, String name, String value) {
        switch (mutator.random().nextInt(25)) {
            case 0 -> {
                // It is missing.
            }
            case 1 -> headers.add(name, null);
            case 2 -> headers.add(name, mutator.bytes(value.getBytes(StandardCharsets.UTF_8)));
            case 3 -> headers.add(name, mutator.odd(List.of(value, project)).getBytes(StandardCharsets.UTF_8));
            default -> headers.add(name, value.getBytes(StandardCharsets.UTF_8));
        }
    }
}
