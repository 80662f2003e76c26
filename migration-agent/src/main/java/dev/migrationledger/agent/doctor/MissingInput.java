package dev.migrationledger.agent.doctor;

/**
 * Something that should have been looked at and could not be.
 *
 * @param reason a whole sentence, without a password
 */
record MissingInput(What what, String reason) {

    enum What {
        SCRIPTS,
        DATABASE,
        SCHEMA,
        VERSION_TABLE
    }
}
