/**
 * How what is in the spool reaches the ledger, and how the ledger is asked: start with {@link
 * dev.migrationledger.agent.send.Sender}, which decides what each answer means; {@link dev.migrationledger.agent.send.LedgerClient} maps
 * requests and answers to HTTP, and {@code BoundedHttpClient} limits the time and size of an exchange.
 */
@NullMarked
package dev.migrationledger.agent.send;

import org.jspecify.annotations.NullMarked;
