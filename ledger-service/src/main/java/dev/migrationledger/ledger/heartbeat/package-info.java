/**
 * Which agents are still there. {@code ReceivedHeartbeats} checks what they send, over HTTP or Kafka, {@link dev.migrationledger.ledger.heartbeat.Heartbeats} keeps the
 * last one of each, {@link dev.migrationledger.ledger.heartbeat.HeartbeatMonitor} says who is missed. A heartbeat is not an event: only
 * the last one of each agent is kept.
 */
@NullMarked
package dev.migrationledger.ledger.heartbeat;

import org.jspecify.annotations.NullMarked;
