/**
 * The commands about what was recorded: {@code AuditCommand} finds it, and {@code VerifyCommand} checks an export against a checkpoint, without asking a
 * ledger.
 */
@NullMarked
package dev.migrationledger.agent.audit;

import org.jspecify.annotations.NullMarked;
