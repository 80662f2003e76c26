package dev.migrationledger.agent.gate;

import dev.migrationledger.agent.cli.ExitCode;

/** What the gate answers. */
public enum GateDecision {

    ALLOWED(ExitCode.OK),
    BLOCKED(ExitCode.FINDINGS),
    /** It could not tell, which is not allowed either. */
    UNKNOWN(ExitCode.UNKNOWN);

    private final int exitCode;

    GateDecision(int exitCode) {
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
