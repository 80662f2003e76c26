/**
 * Every refusal over HTTP takes its form here, whoever refuses (RFC 9457). To refuse something, throw a {@link Refusal};
 * {@link RequestFields} reads what a client sent, and {@link PageRequest} which page of a list it wants.
 * {@link ProblemPages} shows them to people, and {@link ProblemWriter} is for filters, which Spring MVC does not reach.
 * {@code ProblemAdvice} also puts Spring's own refusals and everything unforeseen into the same words.
 */
@NullMarked
package dev.migrationledger.ledger.problem;

import org.jspecify.annotations.NullMarked;
