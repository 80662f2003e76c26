package dev.migrationledger.contracts.envelope;

/**
 * The ledger's answer to a batch: from now on the agent may forget it.
 *
 * @param recorded events that were new
 * @param duplicates events that the ledger had already
 * @param lastSequence the last sequence of this agent and epoch that the ledger has
 */
public record Receipt(int recorded, int duplicates, long lastSequence) {}
