package dev.migrationledger.contracts.diagnosis;

public enum Severity {
    /** The next migration fails, or does something nobody meant. */
    ERROR,
    /** Something is not as it should be; nothing fails yet. */
    WARNING,
    /** Worth knowing. */
    INFO
}
