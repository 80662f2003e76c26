package dev.migrationledger.contracts.log;

import java.time.Instant;

/**
 * A signed state of the evidence log.
 *
 * @param number counts checkpoints, from 1
 * @param size how many leaves the log had
 * @param root of the tree of these leaves, in base 64
 * @param madeAt by the ledger's clock; not signed
 * @param note what was signed with its signature, as C2SP tlog-checkpoint has it: what is kept outside the ledger
 */
public record LogCheckpoint(long number, long size, String root, Instant madeAt, String note) {}
