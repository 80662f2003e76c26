/**
 * From one poll to the next: what changed, what that means along the graph, and how it is known. Start with {@link
 * dev.migrationledger.agent.inference.poll.TransitionInference}, which is pure and holds every inference; {@code ObservedChanges} joins it with what was captured; {@code Round} puts a round's facts in order;
 * {@code Watch} is the loop around it, {@code WatchCommand} and {@code ObserveCommand} the way in. Other
 * commands observe once with {@code FirstObservation} (stores nothing) or {@code OneRound} (into a spool).
 */
@NullMarked
package dev.migrationledger.agent.watch;

import org.jspecify.annotations.NullMarked;
