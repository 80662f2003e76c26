/**
 * The command {@code gate}: may this code start on this database, and may these scripts be deployed to it? Start with {@code GateCommand}.
 * {@code StartRun} answers the first by itself: the judgement is {@link dev.migrationledger.core.gate.StartGate}. {@code DeployGate} asks a
 * ledger for the second; if it does not answer, {@code LocalGate} decides by the policy in {@code GateFolder}. Both have a report and a text; {@code GateLines} is what the texts share.
 */
@NullMarked
package dev.migrationledger.agent.gate;

import org.jspecify.annotations.NullMarked;
