/**
 * What agents send over Kafka: {@code RequestListener} reads records and sends answers, {@code KafkaRequests} handles a record as HTTP handles a
 * request, and {@code TopicsCheck} makes missing topics. {@code ParkedRecords} stores what is refused and what waits behind it;
 * {@code ParkedSequences} records it later, and {@code RedriveCommand} does so at once.
 */
@NullMarked
package dev.migrationledger.ledger.ingest.kafka;

import org.jspecify.annotations.NullMarked;
