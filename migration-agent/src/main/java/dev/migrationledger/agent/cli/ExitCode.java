package dev.migrationledger.agent.cli;

/** What a command's exit code means, the same for every command. */
public final class ExitCode {

    /** Healthy, allowed, equal. */
    public static final int OK = 0;

    /** Findings, blocked, different. */
    public static final int FINDINGS = 1;

    /** Wrong usage: what the operator typed or configured. */
    public static final int USAGE = 2;

    /** Could not tell: unreachable, stale, forbidden. */
    public static final int UNKNOWN = 3;

    private ExitCode() {}
}
