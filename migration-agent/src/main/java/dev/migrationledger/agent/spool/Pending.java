package dev.migrationledger.agent.spool;

import java.util.UUID;

/**
 * An event that the ledger has not acknowledged.
 *
 * @param envelope as JSON
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and copied nowhere
public record Pending(UUID epoch, long sequence, byte[] envelope) {}
