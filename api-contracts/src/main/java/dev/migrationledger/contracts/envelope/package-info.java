/**
 * What an event travels in and how its place in a sequence is told: start with {@link AgentEnvelope}.
 */
@NullMarked
package dev.migrationledger.contracts.envelope;

import org.jspecify.annotations.NullMarked;
