/**
 * The evidence log: {@code LogAppender} makes a leaf of each event and each signature, {@code StoredTree} reads the tree for proofs, and {@code Checkpoints}
 * signs its state. Others get proofs from {@code EvidenceLogController}; an export gets them from {@code ExportProofs}.
 */
@NullMarked
package dev.migrationledger.ledger.evidence.log;

import org.jspecify.annotations.NullMarked;
