/** How agents and ledgers exchange requests and answers over Kafka: {@code KafkaTopics} names topics, {@code LedgerHeaders} what records carry, and {@code
 * ParkedEnvironment} is what waits in the ledger. */
@NullMarked
package dev.migrationledger.contracts.kafka;

import org.jspecify.annotations.NullMarked;
