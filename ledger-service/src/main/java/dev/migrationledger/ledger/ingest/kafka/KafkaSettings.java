package dev.migrationledger.ledger.ingest.kafka;

import dev.migrationledger.contracts.kafka.KafkaTopics;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of Kafka, beside those of the connection in {@code spring.kafka}.
 *
 * @param prefix of the names of topics
 * @param partitions of topics that the ledger makes
 * @param replicas of topics that the ledger makes; -1: as many as the brokers have as their default
 * @param consumers of this ledger; those of all ledgers share the partitions; 0: this one reads nothing
 */
@ConfigurationProperties("ledger.kafka")
record KafkaSettings(
        @DefaultValue(KafkaTopics.DEFAULT_PREFIX) String prefix, @DefaultValue("12") int partitions,
        @DefaultValue("-1") short replicas, @DefaultValue("1") int consumers) {

    KafkaTopics topics() {
        return new KafkaTopics(prefix);
    }
}
