package dev.migrationledger.contracts.envelope;

import org.jspecify.annotations.Nullable;

/**
 * The ledger's answer to a heartbeat. An agent that was acknowledged more than the ledger has begins a new epoch at once: the ledger was
 * restored from a backup, or replaced.
 *
 * @param lastSequence the last sequence of this agent and epoch that the ledger has, 0 where it has none; absent: not known now
 */
public record HeartbeatAnswer(@Nullable Long lastSequence) {}
