package dev.migrationledger.ledger.ingest.kafka;

import dev.migrationledger.contracts.kafka.KafkaTopics;
import dev.migrationledger.ledger.platform.StartupFailure;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Makes the topics that are missing. */
final class TopicsCheck {

    private static final long SECONDS = 30;

    private final Map<String, Object> connection;
    private final KafkaSettings settings;

    /** @param connection of an administrator's client */
    TopicsCheck(Map<String, Object> connection, KafkaSettings settings) {
        this.connection = connection;
        this.settings = settings;
    }

    /** @throws StartupFailure if the brokers do not answer, or if a topic is missing and cannot be made */
    void run() {
        KafkaTopics topics = settings.topics();
        // The brokers' time: a heartbeat that waited there is as old as it is.
        Map<String, String> large = Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                String.valueOf(KafkaTopics.MOST_BYTES), TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
        Map<String, String> larger = Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                String.valueOf(KafkaTopics.MOST_BYTES_REFUSED));
        Map<String, String> compacted = Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        try (Admin admin = Admin.create(connection)) {
            for (NewTopic topic : List.of(
                    new NewTopic(topics.requests(), settings.partitions(), settings.replicas()).configs(large),
                    new NewTopic(topics.refused(), settings.partitions(), settings.replicas()).configs(larger),
                    new NewTopic(topics.receipts(), settings.partitions(), settings.replicas()).configs(compacted))) {
                if (!exists(admin, topic.name())) {
                    make(admin, topic);
                }
            }
        }
    }

    private boolean exists(Admin admin, String topic) {
        try {
            admin.describeTopics(List.of(topic)).allTopicNames().get(SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw failure("The Kafka brokers at %s do not say whether the topic '%s' exists: %s".formatted(brokers(),
                    topic, reason(e)));
        } catch (TimeoutException e) {
            throw failure("No Kafka broker answers at %s within %d s.".formatted(brokers(), SECONDS));
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private void make(Admin admin, NewTopic topic) {
        try {
            admin.createTopics(List.of(topic)).all().get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            // Another ledger that starts now may have been faster.
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new StartupFailure(
                        "The Kafka topic '%s' is missing and cannot be made: %s".formatted(topic.name(), reason(e)),
                        "Make it with %d partitions%s, or let the ledger's user make topics.".formatted(
                                topic.numPartitions(), topic.configs().entrySet().stream()
                                        .map(one -> " and " + one.getKey() + "=" + one.getValue()).findFirst()
                                        .orElse("")));
            }
        } catch (TimeoutException e) {
            throw failure("The Kafka brokers at %s did not make the topic '%s' within %d s.".formatted(brokers(),
                    topic.name(), SECONDS));
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private Object brokers() {
        return connection.getOrDefault("bootstrap.servers", List.of());
    }

    private static String reason(ExecutionException e) {
        return e.getCause() == null ? String.valueOf(e.getMessage()) : String.valueOf(e.getCause().getMessage());
    }

    private static StartupFailure failure(String problem) {
        return new StartupFailure(problem,
                "Check spring.kafka.bootstrap-servers and the settings of TLS and SASL in spring.kafka.properties.");
    }

    private static StartupFailure interrupted() {
        Thread.currentThread().interrupt();
        return failure("The start was interrupted before the Kafka brokers answered.");
    }
}
