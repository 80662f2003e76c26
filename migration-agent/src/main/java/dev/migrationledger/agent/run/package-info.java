/**
 * {@code run -- COMMAND}: starts a migration command and records who started it, as a claim beside what is observed. Nothing
 * here may get in the command's way, unless {@code --gate} asks a ledger first ({@code GatedDeploy}): what cannot be recorded or sent is said in a line, and the command's exit code stays its
 * own. Start with {@link dev.migrationledger.agent.run.RunCommand}.
 */
@NullMarked
package dev.migrationledger.agent.run;

import org.jspecify.annotations.NullMarked;
