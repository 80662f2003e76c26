/**
 * The gate: whether a deploy may run. Start with {@link dev.migrationledger.ledger.gate.Gate}, which finds out what the deploy would meet;
 * {@code DeployDecisions} decides, and is pure. What is decided is in a stream of its own for each environment (ADR 43).
 */
@NullMarked
package dev.migrationledger.ledger.gate;

import org.jspecify.annotations.NullMarked;
