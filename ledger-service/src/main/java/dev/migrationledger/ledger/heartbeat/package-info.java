/**
 * Which agents are still there. {@code HeartbeatController} takes their word, {@link dev.migrationledger.ledger.heartbeat.Heartbeats} keeps the
 * last one of each, {@link dev.migrationledger.ledger.heartbeat.HeartbeatMonitor} says who is missed. A heartbeat is no event: of all that an
 * agent has to say for years, only the last one is ever asked for.
 */
@NullMarked
package dev.migrationledger.ledger.heartbeat;

import org.jspecify.annotations.NullMarked;
