/**
 * What is known about an environment, rebuilt from its events: start with {@link EnvironmentView}, which is what the events
 * add up to, and {@link EnvironmentFold}, which adds them up. Both are pure. {@code EnvironmentViews} keeps the views in
 * PostgreSQL, in the transaction that records the events; {@code ViewRebuild} makes them again and reports whether anything
 * differed. {@code PastViews} answers for a moment in the past, from the nearest of the {@code ViewSnapshots}.
 *
 * <p>{@code EnvironmentFold} hands each event to the folds of its parts: {@code AgentsFold}, {@code SourcesFold}, {@code StatusesFold}, {@code
 * RunsFold} and {@code RecentChangesFold}. A new event gets its line in {@code EnvironmentFold}: the compiler asks for it.
 */
@NullMarked
package dev.migrationledger.ledger.view;

import org.jspecify.annotations.NullMarked;
