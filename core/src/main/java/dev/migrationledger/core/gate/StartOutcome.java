package dev.migrationledger.core.gate;

/** Why code may or may not start; of several reasons the first of these. */
public enum StartOutcome {

    /** The scripts have errors, so what the code needs is not known. */
    SCRIPTS_INVALID,
    /** Rows of the version table are duplicate, overlap or are not full ids. */
    ROWS_INVALID,
    /** A row is in no script: newer code has migrated the database. */
    AHEAD,
    /** There is no version table, or it has no row. */
    NOT_MIGRATED,
    /** Revisions that the code needs have still to run. */
    BEHIND,
    /** Everything that the code needs is applied, and the code knows everything that is. */
    ALLOWED;

    /** Whether the database alone can come to an answer that allows the start: a migration that runs now may end. */
    public boolean passes() {
        return switch (this) {
            case NOT_MIGRATED, BEHIND -> true;
            case SCRIPTS_INVALID, ROWS_INVALID, AHEAD, ALLOWED -> false;
        };
    }
}
