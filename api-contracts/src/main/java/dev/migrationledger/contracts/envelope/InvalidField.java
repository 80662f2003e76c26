package dev.migrationledger.contracts.envelope;

/** A record was given a value that the named one of its components cannot have. */
public sealed class InvalidField extends IllegalArgumentException permits InvalidName {
    private static final long serialVersionUID = 1L;

    private final String field;

    InvalidField(String field, String message) {
        super(message);
        this.field = field;
    }

    /** The component's name. */
    public String field() {
        return field;
    }
}
