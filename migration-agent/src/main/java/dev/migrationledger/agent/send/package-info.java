/**
 * How what is in the spool reaches the ledger, and how the ledger is asked: start with {@link
 * dev.migrationledger.agent.send.Sender}, which decides what each answer means; {@link dev.migrationledger.agent.send.Ledger} is
 * the HTTP behind it.
 */
@NullMarked
package dev.migrationledger.agent.send;

import org.jspecify.annotations.NullMarked;
