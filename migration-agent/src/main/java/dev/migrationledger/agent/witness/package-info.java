/**
 * What captured changes mean: which revision ran, which was only stamped, what somebody wrote by hand, and who. Pure. Start
 * with {@link dev.migrationledger.agent.witness.TransactionReplay}, which puts changes in order and finds what nobody captured; one
 * transaction is judged in {@code StepClassifier}, turn by turn, and told as events in {@code EventMapper}.
 */
@NullMarked
package dev.migrationledger.agent.witness;

import org.jspecify.annotations.NullMarked;
