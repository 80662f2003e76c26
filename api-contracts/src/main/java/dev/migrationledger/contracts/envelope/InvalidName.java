package dev.migrationledger.contracts.envelope;

/** A project, environment or agent was given a name that cannot be one. */
public final class InvalidName extends InvalidField {
    private static final long serialVersionUID = 1L;

    private static final int LONGEST_QUOTE = 80;

    public InvalidName(String what, String value) {
        super(what, "'" + quoted(value) + "' is not a valid name of the " + what
                + "; use 1 to 63 letters, digits, '.', '_' or '-', beginning with a letter or a digit");
    }

    private static String quoted(String value) {
        return value.length() <= LONGEST_QUOTE ? value : value.substring(0, LONGEST_QUOTE) + "…";
    }
}
