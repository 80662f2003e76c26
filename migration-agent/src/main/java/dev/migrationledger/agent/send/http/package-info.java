/**
 * The ledger over HTTP: {@link dev.migrationledger.agent.send.http.LedgerClient} maps requests and answers, and {@code BoundedHttpClient} limits the
 * time and size of an exchange.
 */
@NullMarked
package dev.migrationledger.agent.send.http;

import org.jspecify.annotations.NullMarked;
