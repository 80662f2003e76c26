package dev.migrationledger.contracts.envelope;

/** A project, environment or agent was given a name that cannot be one. */
public final class InvalidName extends IllegalArgumentException {
    public InvalidName(String what, String value) {
        super("'" + value + "' cannot be the name of the " + what
                + ": 1 to 63 letters, digits, '.', '_' or '-', beginning with a letter or a digit");
    }
}
