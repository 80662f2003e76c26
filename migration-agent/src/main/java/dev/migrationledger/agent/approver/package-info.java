/**
 * What approvers do at a terminal: {@code approve} and {@code override}. The ledger decides who may; start with {@link
 * dev.migrationledger.agent.approver.ApproverOptions}.
 */
@NullMarked
package dev.migrationledger.agent.approver;

import org.jspecify.annotations.NullMarked;
