/**
 * Policies that agents keep, to decide by themselves if the ledger does not answer: start with {@link
 * dev.migrationledger.ledger.policy.signed.PolicySigner}.
 */
@NullMarked
package dev.migrationledger.ledger.policy.signed;

import org.jspecify.annotations.NullMarked;
