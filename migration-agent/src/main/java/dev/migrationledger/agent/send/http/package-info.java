/**
 * The ledger over HTTP: {@link dev.migrationledger.agent.send.http.LedgerClient} sends requests, {@code LedgerAnswers} says
 * what answers mean, {@code PipelineSignIn} gets the session of a pipeline, {@code GateClient} asks the gate, and
 * {@code BoundedHttpClient} limits the time and size of an exchange.
 */
@NullMarked
package dev.migrationledger.agent.send.http;

import org.jspecify.annotations.NullMarked;
