/**
 * The ledger checks its own store: {@code EvidenceCheck} reads events, signatures and checkpoints piece by piece, forever round and round, and compares them with
 * the evidence log. What does not match becomes an event, and {@code Tamperings} has those that are open.
 */
@NullMarked
package dev.migrationledger.ledger.evidence.check;

import org.jspecify.annotations.NullMarked;
