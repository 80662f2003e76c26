/**
 * Where environments are not as they should be, found before anyone asks. {@code DivergenceEvaluator} is the automation that evaluates what is due: each
 * environment by the rules of {@code core}, each project by those of {@code across}. What has changed is decided by the environment,
 * recorded as events, and kept readable by {@code DivergenceViews}. Evaluating reads views and never a batch: what is
 * ingested does not wait for it. {@code ProjectStates} keeps the latest state of each project in memory, and reads again only what {@code ChangedEnvironments} found
 * in the log. {@code DeployEvaluator} evaluates what a deploy would meet, and records nothing. Projects take turns ({@code FairConcurrencyLimit}): a quiet one never waits for the end of busy ones.
 */
@NullMarked
package dev.migrationledger.ledger.divergence;

import org.jspecify.annotations.NullMarked;
