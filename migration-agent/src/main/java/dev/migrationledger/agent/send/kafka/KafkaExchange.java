package dev.migrationledger.agent.send.kafka;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.send.Reply;
import dev.migrationledger.contracts.kafka.LedgerHeaders;
import dev.migrationledger.contracts.kafka.KafkaTopics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests as records and reads the ledger's answers. A request is with the brokers when it is sent; only its answer says that the ledger has
 * it. Call it from one thread at a time.
 */
final class KafkaExchange implements AutoCloseable {

    /** How long the brokers may take. */
    private static final Duration BROKERS = Duration.ofSeconds(10);

    /** How long the ledger may take to answer what the brokers have. */
    private static final Duration LEDGER = Duration.ofSeconds(30);

    private static final Duration CLOSING = Duration.ofSeconds(1);

    private final KafkaAddress kafka;
    private final String key;
    private final Set<String> awaited = new HashSet<>();
    private final Map<String, Reply> answers = new HashMap<>();
    private @Nullable KafkaProducer<String, byte[]> producer;
    private @Nullable Answers source;

    private record Answers(KafkaConsumer<String, byte[]> consumer, TopicPartition partition) {}

    /** @param key of the records: requests with one key keep their order */
    KafkaExchange(KafkaAddress kafka, String key) {
        this.kafka = kafka;
        this.key = key;
    }

    /** @throws CommandFailure if the settings are not valid */
    void check() {
        try {
            producer();
        } catch (KafkaException e) {
            if (!KafkaProblem.isUnresolved(e)) {
                throw CommandFailure.usage(KafkaProblem.sentence(e, kafka));
            }
        }
    }

    /**
     * Sends a request.
     *
     * @return its name, to await its answer
     * @throws IOException if the brokers do not have it; the message is a sentence
     * @throws TooLarge if they take none of its size
     */
    String send(Map<String, String> headers, byte[] value) throws IOException, InterruptedException {
        String request = UUID.randomUUID().toString();
        try {
            Answers from = source();
            if (awaited.isEmpty()) {
                // What others were answered meanwhile is of no interest.
                from.consumer().seekToEnd(List.of(from.partition()));
                from.consumer().position(from.partition(), BROKERS);
            }
            ProducerRecord<String, byte[]> message = new ProducerRecord<>(kafka.topics().requests(), key, value);
            headers.forEach((name, text) -> message.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
            message.headers().add(LedgerHeaders.REQUEST, request.getBytes(StandardCharsets.UTF_8));
            message.headers().add(LedgerHeaders.ANSWER_PARTITION,
                    String.valueOf(from.partition().partition()).getBytes(StandardCharsets.UTF_8));
            producer().send(message).get();
        } catch (ExecutionException | KafkaException e) {
            throw failure(e);
        }
        awaited.add(request);
        return request;
    }

    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;

        private TooLarge(Throwable cause) {
            super("The record is too large for the Kafka brokers.", cause);
        }
    }

    /** The answer to a request, or absent if none came in time. Then it can still be awaited, until it is forgotten. */
    @Nullable
    Reply answer(String request) throws IOException, InterruptedException {
        long end = System.nanoTime() + LEDGER.toNanos();
        try {
            while (!answers.containsKey(request)) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return null;
                }
                source().consumer().poll(Duration.ofNanos(left)).forEach(this::received);
            }
        } catch (KafkaException e) {
            throw failure(e);
        }
        awaited.remove(request);
        return answers.remove(request);
    }

    void forget(String request) {
        awaited.remove(request);
        answers.remove(request);
    }

    private void received(ConsumerRecord<String, byte[]> message) {
        String request = text(message, LedgerHeaders.REQUEST);
        String status = text(message, LedgerHeaders.STATUS);
        if (awaited.contains(request) && status.matches("\\d{3}")) {
            answers.put(request, new Reply(Integer.parseInt(status),
                    message.value() == null ? new byte[0] : message.value(), null));
        }
    }

    private static String text(ConsumerRecord<String, byte[]> message, String name) {
        Header header = message.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private IOException failure(Exception e) throws InterruptedException {
        if (e instanceof InterruptException) {
            // Kafka sets the thread's flag again.
            Thread.interrupted();
            throw new InterruptedException();
        }
        Throwable cause = KafkaProblem.cause(e);
        return cause instanceof RecordTooLargeException
                ? new TooLarge(cause)
                : new IOException(KafkaProblem.sentence(cause, kafka), e);
    }

    private KafkaProducer<String, byte[]> producer() {
        KafkaProducer<String, byte[]> open = producer;
        if (open == null) {
            Map<String, Object> settings = settings();
            settings.put(ProducerConfig.ACKS_CONFIG, "all");
            settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
            settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, KafkaTopics.MOST_BYTES);
            settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BROKERS.toMillis());
            settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(BROKERS.toMillis()) / 2);
            settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.toIntExact(BROKERS.toMillis()));
            settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
            open = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
            producer = open;
        }
        return open;
    }

    private Answers source() {
        Answers open = source;
        if (open == null) {
            Map<String, Object> settings = settings();
            settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
            settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(BROKERS.toMillis()));
            settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(BROKERS.toMillis()) / 2);
            KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(settings, new StringDeserializer(),
                    new ByteArrayDeserializer());
            try {
                // A producer would have the brokers make a topic that is missing, with their own settings.
                partitions(consumer, kafka.topics().requests());
                open = new Answers(consumer, new TopicPartition(kafka.topics().receipts(), KafkaTopics.answerPartition(
                        key, partitions(consumer, kafka.topics().receipts()))));
                consumer.assign(List.of(open.partition()));
            } catch (RuntimeException e) {
                consumer.close();
                throw e;
            }
            source = open;
        }
        return open;
    }

    private static int partitions(KafkaConsumer<String, byte[]> consumer, String topic) {
        int partitions = consumer.partitionsFor(topic).size();
        if (partitions == 0) {
            throw new UnknownTopicOrPartitionException(topic);
        }
        return partitions;
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(kafka.settings());
        settings.put("bootstrap.servers", kafka.brokers());
        return settings;
    }

    @Override
    public void close() {
        if (source != null) {
            source.consumer().close(CloseOptions.timeout(CLOSING));
        }
        if (producer != null) {
            producer.close(CLOSING);
        }
    }
}
