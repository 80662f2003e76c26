/**
 * Kept evidence, for auditors: {@code KeptSignatures} reads signatures and events of an environment, {@code EpochSignatures} checks them. Nothing
 * here writes.
 */
@NullMarked
package dev.migrationledger.ledger.evidence;

import org.jspecify.annotations.NullMarked;
