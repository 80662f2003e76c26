/**
 * What the organisation's stream says about agents: codes for enrolment, and keys. {@code Agents} is the state that its events add up to,
 * {@code AgentsDecisions} decides on it, {@code AgentsView} stores it for reading.
 */
@NullMarked
package dev.migrationledger.ledger.identity.agents;

import org.jspecify.annotations.NullMarked;
