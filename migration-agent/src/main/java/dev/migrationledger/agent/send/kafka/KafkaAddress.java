package dev.migrationledger.agent.send.kafka;

import dev.migrationledger.contracts.kafka.KafkaTopics;
import java.util.Map;

/**
 * Where the ledger takes events from Kafka.
 *
 * @param brokers such as {@code kafka-1:9092,kafka-2:9092}
 * @param settings of Kafka's client, such as {@code security.protocol}; they may be secrets
 */
public record KafkaAddress(String brokers, KafkaTopics topics, Map<String, String> settings) {

    /** Without secrets. */
    @Override
    public String toString() {
        return brokers;
    }
}
