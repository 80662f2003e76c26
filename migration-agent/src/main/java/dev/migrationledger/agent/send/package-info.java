/**
 * How what is in the spool reaches the ledger: start with {@link dev.migrationledger.agent.send.Sender}, which decides what each answer means. {@link
 * dev.migrationledger.agent.send.LedgerTransport} is what it needs of a way to the ledger. {@code LedgerReplies} says what
 * answers mean over any way.
 */
@NullMarked
package dev.migrationledger.agent.send;

import org.jspecify.annotations.NullMarked;
