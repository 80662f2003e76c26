/** How agents and ledgers exchange requests and answers over Kafka: {@code KafkaTopics} names topics, {@code KafkaHeaders} what records carry. */
@NullMarked
package dev.migrationledger.contracts.kafka;

import org.jspecify.annotations.NullMarked;
