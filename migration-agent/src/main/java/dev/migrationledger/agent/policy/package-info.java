/**
 * {@code policy}: shows and applies a project's policy, and keeps its baseline. All is asked of the ledger, which reads the file and decides
 * who may change it; start with {@link dev.migrationledger.agent.policy.PolicyOptions}.
 */
@NullMarked
package dev.migrationledger.agent.policy;

import org.jspecify.annotations.NullMarked;
