/**
 * The findings that a project accepts for a while: start with {@link dev.migrationledger.ledger.policy.baseline.BaselineDecisions}.
 *
 * <p>What a finding shows when it is accepted is digested by the ledger; nobody else says how grave it is.
 */
@NullMarked
package dev.migrationledger.ledger.policy.baseline;

import org.jspecify.annotations.NullMarked;
