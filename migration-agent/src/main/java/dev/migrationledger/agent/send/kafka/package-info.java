/**
 * The ledger over Kafka: {@link dev.migrationledger.agent.send.kafka.KafkaLedger} sends what HTTP sends, {@code KafkaExchange} exchanges records, and
 * {@link dev.migrationledger.agent.send.kafka.KafkaOptions} are the options of commands.
 */
@NullMarked
package dev.migrationledger.agent.send.kafka;

import org.jspecify.annotations.NullMarked;
