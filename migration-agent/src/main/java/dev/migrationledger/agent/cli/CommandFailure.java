package dev.migrationledger.agent.cli;

/**
 * A command cannot do what was asked. Its message is for people: what is wrong with the actual value and what to do next,
 * in one sentence or two, without a secret.
 */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** The operator typed or configured something that cannot work. */
    public static CommandFailure usage(String message) {
        return new CommandFailure(ExitCode.USAGE, message);
    }

    /** Something needed for the answer cannot be reached or read. */
    public static CommandFailure unknown(String message) {
        return new CommandFailure(ExitCode.UNKNOWN, message);
    }

    public int exitCode() {
        return exitCode;
    }
}
