package dev.migrationledger.ledger.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.envelope.Heartbeat;
import dev.migrationledger.contracts.envelope.HeartbeatAnswer;
import dev.migrationledger.contracts.envelope.Receipt;
import dev.migrationledger.contracts.identity.AgentKey;
import dev.migrationledger.contracts.identity.Ed25519Signature;
import dev.migrationledger.contracts.identity.Ed25519Signature.Purpose;
import dev.migrationledger.contracts.identity.KeyState;
import dev.migrationledger.contracts.kafka.LedgerHeaders;
import dev.migrationledger.contracts.kafka.KafkaTopics;
import dev.migrationledger.contracts.kafka.ParkedEnvironment;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.LedgerService;
import dev.migrationledger.ledger.environment.SampleBatches;
import dev.migrationledger.ledger.identity.TestAgent;
import dev.migrationledger.ledger.ingest.kafka.ParkedRecords.Span;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.recording.automation.Automations;
import dev.migrationledger.ledger.recording.stream.StreamId;
import dev.migrationledger.ledger.recording.view.ViewRebuild;
import dev.migrationledger.testsupport.fuzz.FuzzSeeds;
import dev.migrationledger.testsupport.time.Eventually;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A ledger and a broker: what is sent over Kafka is recorded, answered, refused or parked. */
@LedgerTest
class KafkaIngestTest {

    private static final KafkaTopics TOPICS = new KafkaTopics("test");
    private static final EmbeddedKafkaKraftBroker BROKER = new EmbeddedKafkaKraftBroker(1, 1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final UUID EPOCH = new UUID(0, 5);
    private static final Map<String, Answer> ANSWERS = new HashMap<>();

    private static @Nullable KafkaProducer<String, byte[]> requests;
    private static @Nullable KafkaConsumer<String, byte[]> receipts;

    @Autowired
    TestClient ledger;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    ParkedRecords parked;

    @Autowired
    Environment environment;

    @Autowired
    ConcurrentMessageListenerContainer<String, byte[]> consumers;

    @Autowired
    Automations automations;

    @Autowired
    ViewRebuild rebuild;

    @SuppressWarnings("NullAway.Init") // made before each test
    private TestAgent agent;
    private String project = "";

    @DynamicPropertySource
    static void kafka(DynamicPropertyRegistry properties) {
        BROKER.brokerProperty("auto.create.topics.enable", "false");
        // By default it names itself in a property of the JVM, and every ledger of the other tests would use it.
        BROKER.brokerListProperty("test.kafka.brokers");
        BROKER.afterPropertiesSet();
        properties.add("spring.kafka.bootstrap-servers", BROKER::getBrokersAsString);
        properties.add("ledger.kafka.prefix", TOPICS::prefix);
        properties.add("ledger.kafka.partitions", () -> 3);
    }

    @AfterAll
    static void stop() {
        producer().close();
        consumer().close();
        BROKER.destroy();
    }

    @BeforeEach
    void enrol() throws Exception {
        project = "p" + UUID.randomUUID().toString().substring(0, 8);
        agent = TestAgent.enrolled(ledger, project, "tenant-*");
        KeyState next = agent.next();
        byte[] renewal = ContractJson.write(new AgentKey.Renewal(agent.state().toString(), next.toString()));
        assertThat(ask("tenant-1", "/api/v1/agents/%s/renew".formatted(agent.key()), renewal,
                agent.sign(Purpose.RENEWAL, renewal)).status()).isEqualTo(204);
        agent.use(next);
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Answer(String key, int status, byte[] body) {
        <T> T read(Class<T> type) {
            return ContractJson.read(body, type);
        }
    }

    private static Map<String, Object> settings() {
        return Map.of("bootstrap.servers", BROKER.getBrokersAsString());
    }

    private Answer ask(String environment, String path, byte[] body, @Nullable Ed25519Signature signature) {
        return ask(KafkaTopics.key(project, environment), path, body, signature, agent.state().toString());
    }

    private Answer batch(String environment, byte[] body) {
        return ask(environment, "/api/v1/events", body, agent.sign(Purpose.BATCH, body));
    }

    /** Sends without waiting for the answer, and returns the name of the request. */
    private String send(String environment, byte[] body) {
        return send(KafkaTopics.key(project, environment), "/api/v1/events", body, agent.sign(Purpose.BATCH, body),
                agent.state().toString());
    }

    private static Answer answer(String name) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!ANSWERS.containsKey(name)) {
            assertThat(Instant.now()).as("no answer to %s", name).isBefore(end);
            consumer().poll(Duration.ofMillis(200)).forEach(it -> ANSWERS.put(text(it, LedgerHeaders.REQUEST),
                    new Answer(it.key(), Integer.parseInt(text(it, LedgerHeaders.STATUS)), it.value())));
        }
        return Objects.requireNonNull(ANSWERS.get(name));
    }

    private static KafkaConsumer<String, byte[]> consumer() {
        if (receipts == null) {
            receipts = new KafkaConsumer<>(settings(), new StringDeserializer(), new ByteArrayDeserializer());
            receipts.assign(List.of(new TopicPartition(TOPICS.receipts(), 1)));
            receipts.seekToBeginning(receipts.assignment());
        }
        return receipts;
    }

    private static KafkaProducer<String, byte[]> producer() {
        if (requests == null) {
            Map<String, Object> large = new HashMap<>(settings());
            large.put("max.request.size", KafkaTopics.MOST_BYTES);
            large.put("buffer.memory", 2L * KafkaTopics.MOST_BYTES);
            requests = new KafkaProducer<>(large, new StringSerializer(), new ByteArraySerializer());
        }
        return requests;
    }

    private static Answer ask(
            String key, String path, byte[] body, @Nullable Ed25519Signature signature, String state) {
        return answer(send(key, path, body, signature, state));
    }

    private static String send(
            String key, String path, byte[] body, @Nullable Ed25519Signature signature, String state) {
        String name = UUID.randomUUID().toString();
        ProducerRecord<String, byte[]> request = new ProducerRecord<>(TOPICS.requests(), key, body);
        header(request, LedgerHeaders.PATH, path);
        header(request, LedgerHeaders.REQUEST, name);
        header(request, LedgerHeaders.ANSWER_PARTITION, "1");
        header(request, KeyState.HEADER, state);
        if (signature != null) {
            header(request, Ed25519Signature.KEY_HEADER, signature.key());
            header(request, Ed25519Signature.SIGNATURE_HEADER, signature.value());
        }
        assertThat(producer().send(request)).succeedsWithin(PATIENCE);
        return name;
    }

    private static void header(ProducerRecord<String, byte[]> message, String name, String value) {
        message.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(ConsumerRecord<String, byte[]> message, String name) {
        Header header = message.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** The record of a topic with this header. */
    private static ConsumerRecord<String, byte[]> await(
            String topic, List<Integer> partitions, String header, String value) {
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(settings(), new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> all = partitions.stream().map(it -> new TopicPartition(topic, it)).toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Instant end = Instant.now().plus(PATIENCE);
            List<String> others = new ArrayList<>();
            while (Instant.now().isBefore(end)) {
                for (ConsumerRecord<String, byte[]> one : consumer.poll(Duration.ofMillis(200))) {
                    if (text(one, header).equals(value)) {
                        return one;
                    }
                    others.add(text(one, header));
                }
            }
            throw new AssertionError("No record of %s has %s=%s, only %s.".formatted(topic, header, value, others));
        }
    }

    private byte[] events(String environment, long first, long last) {
        return ContractJson.write(new EventBatch(SampleBatches.events(project, environment, first, last).stream()
                .map(it -> new AgentEnvelope(new UUID(project.hashCode() + environment.hashCode(), it.sequence()),
                        it.project(), it.environment(), it.agent(), EPOCH, it.sequence(), it.occurredAt(),
                        it.observedAt(), it.event()))
                .toList()));
    }

    private byte[] newer(String environment, long sequence) {
        return new String(events(environment, sequence, sequence), StandardCharsets.UTF_8)
                .replaceFirst("\"type\":\"[^\"]+\"", "\"type\":\"of-a-newer-agent\"")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void a_ledger_makes_its_topics_when_it_starts() throws Exception {
        try (Admin admin = Admin.create(settings())) {
            Map<String, TopicDescription> made = admin.describeTopics(
                    List.of(TOPICS.requests(), TOPICS.receipts(), TOPICS.refused())).allTopicNames().get();
            assertThat(made.values()).allSatisfy(it -> assertThat(it.partitions()).hasSize(3));
            ConfigResource receipts = new ConfigResource(ConfigResource.Type.TOPIC, TOPICS.receipts());
            assertThat(Objects.requireNonNull(admin.describeConfigs(List.of(receipts)).all().get().get(receipts))
                    .get(TopicConfig.CLEANUP_POLICY_CONFIG).value()).isEqualTo("compact");
        }
    }

    @Test
    void a_batch_is_answered_with_its_receipt_as_often_as_it_comes() {
        byte[] batch = events("tenant-1", 1, 3);
        Answer answer = batch("tenant-1", batch);
        assertThat(answer.status()).as(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(200);
        assertThat(answer.key()).isEqualTo("%s/tenant-1/watcher/%s".formatted(project, EPOCH));
        assertThat(answer.read(Receipt.class)).isEqualTo(new Receipt(3, 0, 3));
        assertThat(batch("tenant-1", batch).read(Receipt.class)).isEqualTo(new Receipt(0, 3, 3));
        assertThat(jdbc.queryForObject("select count(*) from ledger.batch_signature where project = ? and key = ?",
                Long.class, project, agent.key())).as("its proof is kept").isEqualTo(1);

        Problem ahead = batch("tenant-1", events("tenant-1", 9, 9)).read(Problem.class);
        assertThat(ahead.code()).isEqualTo("sequence-ahead");
        assertThat(ahead.expected()).as("from where to send").isEqualTo(4);

        byte[] heartbeat = ContractJson.write(new Heartbeat(project, "tenant-1", "watcher", EPOCH, 3L, null));
        Answer alive = ask("tenant-1", "/api/v1/heartbeat", heartbeat, agent.sign(Purpose.HEARTBEAT, heartbeat));
        assertThat(alive.read(HeartbeatAnswer.class).lastSequence()).isEqualTo(3);
    }

    @Test
    void what_no_trusted_key_signed_is_a_dead_letter_and_stops_no_one() throws Exception {
        byte[] batch = events("tenant-1", 1, 1);
        Ed25519Signature right = agent.sign(Purpose.BATCH, batch);
        Answer unsigned = ask("tenant-1", "/api/v1/events", batch, null);
        assertThat(unsigned.read(Problem.class).code()).isEqualTo("unsigned");
        Answer forged = ask("tenant-1", "/api/v1/events", batch,
                new Ed25519Signature(agent.key(), TestAgent.make().sign(Purpose.BATCH, batch).value()));
        assertThat(forged.status()).isEqualTo(403);
        byte[] nonsense = "{\"events\":[".getBytes(StandardCharsets.UTF_8);
        assertThat(ask("tenant-1", "/api/v1/events", nonsense, right).status()).isEqualTo(403);
        assertThat(batch("tenant-1", nonsense).read(Problem.class).code()).as("signed nonsense").isEqualTo("malformed");
        assertThat(ask(KafkaTopics.key(project, "tenant-2"), "/api/v1/events", batch, right,
                agent.state().toString()).read(Problem.class).code()).as("under the key of another environment")
                .isEqualTo("wrong-key");
        assertThat(ask("tenant-1", "/api/v1/policy", batch, right).read(Problem.class).code()).isEqualTo(
                "unknown-path");
        byte[] unknown = newer("tenant-1", 1);
        assertThat(ask("tenant-1", "/api/v1/events", unknown,
                new Ed25519Signature(agent.key(), TestAgent.make().sign(Purpose.BATCH, unknown).value())).status())
                .as("a forger parks nothing").isEqualTo(403);
        assertThat(parked.waiting()).noneMatch(it -> it.project().equals(project));
        assertThat(batch("tenant-1", batch).status()).isEqualTo(200);

        ConsumerRecord<String, byte[]> letter = await(TOPICS.refused(), List.of(0, 1, 2), LedgerHeaders.CODE,
                "wrong-signature");
        assertThat(text(letter, KafkaHeaders.DLT_ORIGINAL_TOPIC))
                .isEqualTo(TOPICS.requests());
        assertThat(text(letter, KafkaHeaders.DLT_EXCEPTION_MESSAGE))
                .contains("The signature of the key");
    }

    @Test
    void what_an_older_ledger_refuses_waits_in_order_and_others_go_on() throws Exception {
        assertThat(batch("tenant-1", events("tenant-1", 1, 2)).status()).isEqualTo(200);
        Answer refused = batch("tenant-1", newer("tenant-1", 3));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.read(Problem.class)).satisfies(it -> {
            assertThat(it.code()).isEqualTo("parked");
            assertThat(it.detail()).contains("of-a-newer-agent").endsWith(
                    " Upgrade the ledger, or run its command redrive.");
        });
        assertThat(batch("tenant-1", events("tenant-1", 4, 4)).read(Problem.class).code()).isEqualTo("parked");
        assertThat(batch("tenant-1", newer("tenant-1", 3)).status()).as("sent again").isEqualTo(409);
        assertThat(batch("tenant-2", events("tenant-2", 1, 1)).status()).as("another environment").isEqualTo(200);
        assertThat(parked.of(new StreamId.Environment(project, "tenant-1"))).extracting(it -> it.span().firstSequence())
                .containsExactly(3L, 4L);
        assertThat(List.of(ledger.read("/api/v1/parked", ParkedEnvironment[].class))).anySatisfy(it -> {
            assertThat(it.project()).isEqualTo(project);
            assertThat(it.environment()).isEqualTo("tenant-1");
            assertThat(it.sequence()).isEqualTo(3);
            assertThat(it.batches()).isEqualTo(2);
            assertThat(it.code()).isEqualTo("unknown-event-type");
        });
        assertThat(ledger.body("/agents")).contains("Parked environments", project + "/tenant-1",
                "unknown-event-type");
        assertThat(new ParkedMetrics(parked).metrics()).extracting(it -> it.series().getFirst().value())
                .allSatisfy(it -> assertThat(it).isPositive());

        assertThat(redrive("--list")).startsWith("1 ").contains("%s/tenant-1: 2 batches since".formatted(project),
                "Sequence 3 of agent 'watcher' is refused (unknown-event-type)");
        assertThat(redrive(project + "/tenant-1")).startsWith("1 ").contains("recorded 0 batches", "still refused");
        assertThat(redrive("--refuse")).startsWith("2 Use: redrive");
        assertThat(redrive(project + "/tenant-1", "--refuse")).startsWith("0 Refused 2 batches of");
        assertThat(redrive(project + "/tenant-1")).startsWith("0 Nothing of ");
        assertThat(batch("tenant-1", newer("tenant-1", 3)).read(Problem.class).code())
                .as("refused for good: the agent keeps it aside").isEqualTo("unknown-event-type");
        assertThat(batch("tenant-1", events("tenant-1", 3, 4)).status()).isEqualTo(200);
    }

    /** What the command prints, after its exit code. */
    private String redrive(String... arguments) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--spring.datasource.url=" + environment.getProperty("spring.datasource.url"));
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        int code = RedriveCommand.run(new SpringApplication(LedgerService.class), all, out, out);
        return code + " " + printed.toString(StandardCharsets.UTF_8);
    }

    /** As after an upgrade: the ledger accepts what an older one refused. */
    @Test
    void what_was_parked_is_recorded_before_what_comes_next() {
        assertThat(batch("tenant-1", events("tenant-1", 1, 1)).status()).isEqualTo(200);
        Problem older = new Problem("about:blank", "refused", 422, "unknown event type", "unknown-event-type", null,
                null);
        for (long sequence = 2; sequence <= 3; sequence++) {
            byte[] body = events("tenant-1", sequence, sequence);
            parked.add(new StreamId.Environment(project, "tenant-1"), new Span("watcher", EPOCH.toString(), sequence),
                    body,
                    agent.sign(Purpose.BATCH, body), sequence == 2 ? older : null, Instant.now());
        }
        assertThat(batch("tenant-1", events("tenant-1", 4, 4)).read(Receipt.class)).isEqualTo(new Receipt(1, 0, 4));
        assertThat(parked.of(new StreamId.Environment(project, "tenant-1"))).isEmpty();
    }

    @Test
    void batches_of_one_poll_are_recorded_together_and_each_is_answered_for_itself() {
        consumers.stop();
        List<String> right = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            right.add(send("tenant-" + i, events("tenant-" + i, 1, 2)));
        }
        String ahead = send("tenant-3", events("tenant-3", 9, 9));
        String newer = send("tenant-4", newer("tenant-4", 3));
        String after = send("tenant-4", events("tenant-4", 4, 4));
        for (int i = 0; i < 12; i++) {
            right.add(send("tenant-" + (i + 20), events("tenant-" + (i + 20), 1, 2)));
        }
        consumers.start();
        assertThat(right).allSatisfy(it -> assertThat(answer(it).read(Receipt.class)).isEqualTo(new Receipt(2, 0, 2)));
        assertThat(answer(ahead).read(Problem.class).code()).isEqualTo("sequence-ahead");
        assertThat(answer(newer).read(Problem.class).code()).isEqualTo("parked");
        assertThat(answer(after).read(Problem.class).code()).isEqualTo("parked");
        assertThat(jdbc.queryForObject("select count(*) from ledger.batch_signature where project = ?", Long.class,
                project)).isEqualTo(24);
        assertThat(jdbc.queryForObject(
                "select count(distinct xmin::text) from ledger.environment_view where project = ?", Long.class,
                project))
                .as("transactions").isLessThan(24);
    }

    @Test
    void a_ledger_that_another_version_took_over_from_leaves_its_records_to_that_one() throws Exception {
        jdbc.update("update ledger.view_form set form = form + 1000");
        String left;
        try {
            left = send("tenant-1", events("tenant-1", 1, 2));
            Eventually.holds("the ledger has left the group", () -> !consumers.isRunning());
        } finally {
            jdbc.update("update ledger.view_form set form = form - 1000");
        }
        assertThat(counts()).containsOnly(entry("events", 0L), entry("signatures", 0L));
        // As the other one would.
        consumers.start();
        assertThat(answer(left).read(Receipt.class)).isEqualTo(new Receipt(2, 0, 2));
    }

    @Test
    void records_that_are_read_again_change_nothing() throws Exception {
        byte[] batch = events("tenant-1", 1, 3);
        assertThat(batch("tenant-1", batch).status()).isEqualTo(200);
        Map<String, Long> before = counts();
        assertThat(before).containsOnly(entry("events", 3L), entry("signatures", 1L));
        consumers.stop();
        try (Admin admin = Admin.create(settings())) {
            admin.alterConsumerGroupOffsets(TOPICS.prefix(), Map.of(
                    new TopicPartition(TOPICS.requests(), 0), new OffsetAndMetadata(0),
                    new TopicPartition(TOPICS.requests(), 1), new OffsetAndMetadata(0),
                    new TopicPartition(TOPICS.requests(), 2), new OffsetAndMetadata(0))).all().get();
        }
        consumers.start();
        for (String environment : List.of("tenant-1", "tenant-2", "tenant-3", "tenant-4", "tenant-5")) {
            ask(environment, "/api/v1/none", batch, agent.sign(Purpose.BATCH, batch));
        }
        assertThat(counts()).isEqualTo(before);
    }

    @Test
    void a_record_that_can_never_be_handled_stops_no_one() throws Exception {
        byte[] batch = events("tenant-1", 1, 1);
        Ed25519Signature right = agent.sign(Purpose.BATCH, batch);
        for (String key : List.of("a\0/b", project + "/" + "x".repeat(3_000), "/", "😀/😀")) {
            assertThat(ask(key, "/api/v1/events", batch, right, agent.state().toString()).read(Problem.class).code())
                    .as(key).isEqualTo("wrong-key");
        }
        assertThat(ask("tenant-1", "/api/v1/events", batch, new Ed25519Signature("a\0b", right.value()))
                .read(Problem.class).code()).isEqualTo("malformed");
        // What is refused quotes what was sent, and is stored with its agent and epoch.
        for (String agentName : List.of("a\\u0000b", "x".repeat(5_000))) {
            byte[] wrong = new String(batch, StandardCharsets.UTF_8).replace("watcher", agentName)
                    .getBytes(StandardCharsets.UTF_8);
            assertThat(batch("tenant-1", wrong).status()).isEqualTo(422);
        }
        byte[] nul = new String(newer("tenant-1", 1), StandardCharsets.UTF_8).replace("of-a-newer-agent",
                "of\\u0000a-newer-agent").getBytes(StandardCharsets.UTF_8);
        assertThat(batch("tenant-2", nul).status()).as("parked under the key of the record").isEqualTo(409);
        assertThat(batch("tenant-1", batch).status()).isEqualTo(200);
    }

    /** With the headers of a dead letter it is larger than a record of the topic of requests may be. */
    @Test
    void a_refused_record_of_the_largest_size_is_a_dead_letter() throws Exception {
        byte[] noise = new byte[KafkaTopics.MOST_BYTES - 1_000];
        new Random(1).nextBytes(noise);
        assertThat(ask("tenant-1", "/api/v1/events", noise, agent.sign(Purpose.BATCH, noise)).read(Problem.class)
                .code()).isEqualTo("malformed");
        assertThat(batch("tenant-1", events("tenant-1", 1, 1)).status()).isEqualTo(200);
    }

    @Test
    void mutated_requests_are_answered_and_what_is_refused_leaves_nothing() throws Exception {
        RequestListener listener = (RequestListener) Objects
                .requireNonNull(consumers.getContainerProperties().getMessageListener());
        RequestFuzzer fuzzer = new RequestFuzzer(ledger, jdbc, listener, agent, project);

        FuzzSeeds.of(200).forEach(fuzzer::send);

        automations.round();
        for (String accepted : fuzzer.accepted()) {
            String place = "/projects/%s/environments/%s".formatted(project, accepted);
            assertThat(ledger.status("/api/v1" + place)).as(place).isEqualTo(200);
            assertThat(ledger.status(place)).as(place).isEqualTo(200);
        }
        for (StreamId.Environment place : parked.places()) {
            parked.refuse(place, Instant.now());
        }
        assertThat(rebuild.check().differing()).isEmpty();
        assertThat(batch("tenant-after", events("tenant-after", 1, 2)).status()).isEqualTo(200);
    }

    private Map<String, Long> counts() {
        Long events = jdbc.queryForObject(
                "select count(*) from ledger.event where payload_type like 'agent.%' and stream like ?",
                Long.class, "%" + project + "%");
        Long signatures = jdbc.queryForObject("select count(*) from ledger.batch_signature where project = ?",
                Long.class, project);
        return Map.of("events", events == null ? 0 : events, "signatures", signatures == null ? 0 : signatures);
    }
}
