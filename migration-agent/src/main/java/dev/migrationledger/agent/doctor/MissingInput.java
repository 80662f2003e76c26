package dev.migrationledger.agent.doctor;

/**
 * Something that should have been looked at and could not be.
 *
 * @param reason a whole sentence, without a password
 */
public record MissingInput(What what, String reason) {

    public enum What {
        SCRIPTS,
        DATABASE,
        SCHEMA,
        VERSION_TABLE
    }
}
