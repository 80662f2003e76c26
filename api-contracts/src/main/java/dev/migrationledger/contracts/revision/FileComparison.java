package dev.migrationledger.contracts.revision;

/** How the files of two revisions compare. */
public enum FileComparison {
    /** They have the same bytes. */
    SAME_FILE,
    /** They declare and do the same: only comments, formatting, docstrings or the message differ. */
    SAME_MEANING,
    /** They declare or may do different things, or what one of them does could not be read. */
    DIFFERENT,
    /** Readers of different versions described them. */
    NOT_COMPARABLE
}
