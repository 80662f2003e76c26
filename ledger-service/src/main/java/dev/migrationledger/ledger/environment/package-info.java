/**
 * One environment: what may be recorded about it. Start with {@code Decisions}, which says so, and {@code EnvironmentState}, on which they
 * depend. {@link dev.migrationledger.ledger.environment.EnvironmentCommands} hands commands to the recording kernel.
 */
@NullMarked
package dev.migrationledger.ledger.environment;

import org.jspecify.annotations.NullMarked;
