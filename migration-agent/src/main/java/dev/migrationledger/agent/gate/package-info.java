/**
 * The command {@code gate}: may this code start on this database? Start with {@code GateCommand}. {@code StartCheck} reads the version
 * table; the judgement itself is {@link dev.migrationledger.core.gate.StartGate}.
 */
@NullMarked
package dev.migrationledger.agent.gate;

import org.jspecify.annotations.NullMarked;
