/**
 * The Merkle tree of RFC 6962 over the leaves of a log, and its proofs. {@code CompactRange} grows a tree, {@code MerkleProofs} makes proofs from stored
 * subtrees and checks them. Both programs use it: the ledger proves, and everyone checks.
 */
@NullMarked
package dev.migrationledger.core.merkle;

import org.jspecify.annotations.NullMarked;
