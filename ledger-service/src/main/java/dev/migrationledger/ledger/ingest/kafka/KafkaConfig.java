package dev.migrationledger.ledger.ingest.kafka;

import dev.migrationledger.contracts.kafka.LedgerHeaders;
import dev.migrationledger.contracts.kafka.KafkaTopics;
import dev.migrationledger.ledger.heartbeat.ReceivedHeartbeats;
import dev.migrationledger.ledger.identity.AgentActions;
import dev.migrationledger.ledger.identity.AgentKeys;
import dev.migrationledger.ledger.ingest.Ingest;
import dev.migrationledger.ledger.ingest.http.BodyBudget;
import dev.migrationledger.ledger.tracing.LedgerTraces;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.MicrometerConsumerListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.FixedBackOff;

/** Where {@code spring.kafka.bootstrap-servers} names brokers, the ledger also records what agents send over Kafka. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("spring.kafka.bootstrap-servers")
@ConditionalOnExpression("${ledger.kafka.consumers:1} > 0")
@EnableConfigurationProperties({KafkaProperties.class, KafkaSettings.class})
class KafkaConfig {

    /** What cannot be recorded now is tried again after so many milliseconds. */
    private static final long PAUSE = 1_000;

    @Bean
    ConcurrentMessageListenerContainer<String, byte[]> kafkaRequestsContainer(
            KafkaProperties kafka, KafkaSettings settings, KafkaRequests requests, MeterRegistry meters) {
        new TopicsCheck(kafka.buildAdminProperties(), settings).run();
        KafkaTopics topics = settings.topics();
        KafkaTemplate<String, byte[]> template = new KafkaTemplate<>(
                new DefaultKafkaProducerFactory<>(producer(kafka)));
        ContainerProperties container = new ContainerProperties(topics.requests());
        container.setGroupId(settings.prefix());
        container.setAckMode(ContainerProperties.AckMode.BATCH);
        DefaultKafkaConsumerFactory<String, byte[]> consumer = new DefaultKafkaConsumerFactory<>(consumer(kafka));
        consumer.addListener(new MicrometerConsumerListener<>(meters));
        ConcurrentMessageListenerContainer<String, byte[]> consumers = new ConcurrentMessageListenerContainer<>(
                consumer, container);
        consumers.setConcurrency(settings.consumers());
        consumers.setBeanName("kafka-requests");
        consumers.setupMessageListener(new RequestListener(requests, template, deadLetters(template, topics), topics,
                () -> consumers.stop(() -> {})));
        consumers.setCommonErrorHandler(
                new DefaultErrorHandler(new FixedBackOff(PAUSE, FixedBackOff.UNLIMITED_ATTEMPTS)));
        return consumers;
    }

    @Bean
    KafkaRequests kafkaRequests(
            Ingest ingest, ReceivedHeartbeats heartbeats, AgentActions actions, AgentKeys keys, BodyBudget budget,
            ParkedRecords parked, ParkedSequences sequences, Clock clock, LedgerTraces traces) {
        return new KafkaRequests(ingest, heartbeats, actions, keys, budget, parked, sequences, clock, traces);
    }

    private static DeadLetterPublishingRecoverer deadLetters(
            KafkaTemplate<String, byte[]> template, KafkaTopics topics) {
        DeadLetterPublishingRecoverer deadLetters = new DeadLetterPublishingRecoverer(template,
                (request, _) -> new TopicPartition(topics.refused(), request.partition()));
        deadLetters.setHeadersFunction((_, refused) -> {
            RecordHeaders headers = new RecordHeaders();
            if (refused instanceof RequestListener.RefusedRecord one) {
                headers.add(LedgerHeaders.CODE, one.code().getBytes(StandardCharsets.UTF_8));
            }
            return headers;
        });
        deadLetters.setFailIfSendResultIsError(true);
        return deadLetters;
    }

    private static Map<String, Object> producer(KafkaProperties kafka) {
        Map<String, Object> settings = new HashMap<>(kafka.buildProducerProperties());
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, KafkaTopics.MOST_BYTES_REFUSED);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 2L * KafkaTopics.MOST_BYTES_REFUSED);
        return settings;
    }

    /** A record that is read again is a duplicate, and one that is not read is lost: a new group begins with the first. */
    private static Map<String, Object> consumer(KafkaProperties kafka) {
        Map<String, Object> settings = new HashMap<>(kafka.buildConsumerProperties());
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return settings;
    }
}
