package dev.migrationledger.agent.send.kafka;

import dev.migrationledger.contracts.kafka.KafkaTopics;
import dev.migrationledger.contracts.text.Redaction;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What Kafka's failures mean, as sentences. */
final class KafkaProblem {

    private KafkaProblem() {}

    static String sentence(Throwable failure, KafkaAddress kafka) {
        KafkaTopics topics = kafka.topics();
        Throwable cause = cause(failure);
        return switch (cause) {
            case AuthenticationException _ -> "The Kafka brokers at %s refuse the sign-in: %s. Check --kafka-config."
                    .formatted(kafka, words(cause));
            case AuthorizationException _ ->
                "The Kafka brokers at %s do not let this agent use the topics. Let it write '%s' and read '%s'."
                        .formatted(kafka, topics.requests(), topics.receipts());
            case UnknownTopicOrPartitionException _ ->
                "The Kafka brokers at %s have no topics '%s' and '%s'. Start a ledger with spring.kafka.bootstrap-servers: it makes them."
                        .formatted(kafka, topics.requests(), topics.receipts());
            case TimeoutException _ ->
                "No Kafka broker answers at %s. Check that they run, --kafka, and TLS and SASL in --kafka-config."
                        .formatted(kafka);
            case ConfigException _ when isUnresolved(cause) ->
                "The host names of the Kafka brokers at %s cannot be resolved; check --kafka.".formatted(kafka);
            default -> "Kafka's client fails: %s.".formatted(words(cause));
        };
    }

    /** Whether the settings are fit, and only the name service does not answer. */
    static boolean isUnresolved(Throwable failure) {
        return String.valueOf(cause(failure).getMessage()).contains("bootstrap");
    }

    /** The first cause: Kafka wraps it. */
    static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static String words(Throwable cause) {
        String words = Redaction.of(String.valueOf(cause.getMessage())).strip();
        return words.endsWith(".") ? words.substring(0, words.length() - 1) : words;
    }
}
