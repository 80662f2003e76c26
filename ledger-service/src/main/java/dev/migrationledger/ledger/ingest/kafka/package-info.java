/**
 * What agents send over Kafka: {@code KafkaRequests} handles a record as HTTP handles a request, {@code KafkaConsumer} reads records and sends answers,
 * {@code TopicsCheck} makes the topics or checks them.
 */
@NullMarked
package dev.migrationledger.ledger.ingest.kafka;

import org.jspecify.annotations.NullMarked;
