/**
 * One round: what is remembered and one observation become facts and what to remember next. Start with {@link
 * dev.migrationledger.agent.inference.round.Round}; {@code ObservedChanges} joins captured and inferred changes.
 */
@NullMarked
package dev.migrationledger.agent.inference.round;

import org.jspecify.annotations.NullMarked;
