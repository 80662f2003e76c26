/**
 * What captured changes mean: which revision ran, which was only stamped, what somebody wrote by hand, and who. Start with {@link
 * dev.migrationledger.agent.inference.replay.TransactionReplay}, which puts changes in order and finds what nobody captured; {@code
 * StepClassifier} classifies the steps of one transaction, {@code EventMapper} makes events of them.
 */
@NullMarked
package dev.migrationledger.agent.inference.replay;

import org.jspecify.annotations.NullMarked;
