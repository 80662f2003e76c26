package dev.migrationledger.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.envelope.Receipt;
import dev.migrationledger.contracts.identity.AgentKey;
import dev.migrationledger.contracts.identity.Ed25519Signature;
import dev.migrationledger.contracts.identity.Ed25519Signature.Purpose;
import dev.migrationledger.contracts.identity.KeyState;
import dev.migrationledger.contracts.kafka.KafkaTopics;
import dev.migrationledger.contracts.kafka.LedgerHeaders;
import dev.migrationledger.contracts.wire.ContractJson;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends signed batches over Kafka, and waits for the answers of ledgers. */
final class OverKafka implements AgentLoad.Way, AutoCloseable {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String ANSWERS = "0";

    private final KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    private final KeyState first = KeyState.first(RANDOM);
    private final KeyState state = first.next(RANDOM);
    private final KafkaTopics topics;
    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<String, CompletableFuture<ConsumerRecord<String, byte[]>>> waiting = new ConcurrentHashMap<>();
    private final Thread listening;
    private volatile boolean closed;

    /** @param ledgers that have made their topics, and enroll the key of all agents */
    OverKafka(String brokers, KafkaTopics topics, RoundRobin ledgers) throws Exception {
        this.topics = topics;
        enroll(ledgers);
        producer = new KafkaProducer<>(Map.of("bootstrap.servers", brokers), new StringSerializer(),
                new ByteArraySerializer());
        consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", brokers), new StringDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(List.of(new TopicPartition(topics.receipts(), Integer.parseInt(ANSWERS))));
        consumer.seekToBeginning(consumer.assignment());
        listening = Thread.ofPlatform().name("receipts").daemon().start(this::listen);
    }

    private void enroll(RoundRobin ledgers) throws Exception {
        AgentKey.Code code = ContractJson.read(ledgers.post("/api/v1/agents/enrolment-codes",
                ContractJson.write(new AgentKey.CodeWanted("*", "*", null, null))).body(), AgentKey.Code.class);
        byte[] enrolment = ContractJson.write(new AgentKey.Enrolment(code.value(),
                Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()), "load"));
        assertThat(ledgers.post("/api/v1/agents", enrolment, headers(Purpose.ENROLMENT, enrolment)).statusCode())
                .isEqualTo(201);
        byte[] renewal = ContractJson.write(new AgentKey.Renewal(first.toString(), state.toString()));
        assertThat(ledgers.post("/api/v1/agents/%s/renew".formatted(Ed25519Signature.keyId(pair.getPublic())), renewal,
                headers(Purpose.RENEWAL, renewal)).statusCode()).isEqualTo(204);
    }

    /** Names and values in turn. */
    private String[] headers(Purpose purpose, byte[] bytes) {
        Ed25519Signature signature = Ed25519Signature.of(purpose, bytes, Ed25519Signature.keyId(pair.getPublic()),
                pair.getPrivate());
        return new String[]{Ed25519Signature.KEY_HEADER, signature.key(), Ed25519Signature.SIGNATURE_HEADER,
            signature.value(), KeyState.HEADER, state.toString()};
    }

    /** An agent does not send again what the brokers have: a ledger has to answer, however many stop meanwhile. */
    @Override
    public Optional<Receipt> send(AgentLoad.Agent agent, byte[] batch) throws Exception {
        String name = UUID.randomUUID().toString();
        ProducerRecord<String, byte[]> request = new ProducerRecord<>(topics.requests(),
                KafkaTopics.key(agent.project(), agent.environment()), batch);
        String[] proof = headers(Purpose.BATCH, batch);
        for (int i = 0; i < proof.length; i += 2) {
            header(request, proof[i], proof[i + 1]);
        }
        header(request, LedgerHeaders.PATH, "/api/v1/events");
        header(request, LedgerHeaders.REQUEST, name);
        header(request, LedgerHeaders.ANSWER_PARTITION, ANSWERS);
        CompletableFuture<ConsumerRecord<String, byte[]>> answer = new CompletableFuture<>();
        waiting.put(name, answer);
        producer.send(request).get(30, TimeUnit.SECONDS);
        ConsumerRecord<String, byte[]> answered = answer.get(90, TimeUnit.SECONDS);
        assertThat(header(answered, LedgerHeaders.STATUS))
                .as("%s: %s", agent, new String(answered.value(), StandardCharsets.UTF_8)).isEqualTo("200");
        return Optional.of(ContractJson.read(answered.value(), Receipt.class));
    }

    private void listen() {
        try (consumer) {
            while (!closed) {
                consumer.poll(Duration.ofMillis(100)).forEach(answer -> {
                    CompletableFuture<ConsumerRecord<String, byte[]>> request = waiting
                            .remove(header(answer, LedgerHeaders.REQUEST));
                    if (request != null) {
                        request.complete(answer);
                    }
                });
            }
        }
    }

    private static void header(ProducerRecord<String, byte[]> message, String name, String value) {
        message.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String header(ConsumerRecord<String, byte[]> message, String name) {
        return new String(message.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        closed = true;
        producer.close();
        try {
            listening.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
