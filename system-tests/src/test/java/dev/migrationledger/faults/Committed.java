package dev.migrationledger.faults;

import java.time.Instant;
import java.util.List;

/**
 * A transaction that changed a version table and committed, as the program that sent it knows.
 *
 * @param revisions whose upgrade or downgrade ran
 * @param rows of the version table afterwards, sorted
 * @param transaction the server's number of it
 * @param begun no later than its first statement
 * @param known no earlier than its commit
 */
record Committed(
        Kind kind, List<String> revisions, List<String> rows, String transaction, Instant begun, Instant known) {
    Committed {
        revisions = List.copyOf(revisions);
        rows = List.copyOf(rows);
    }

    enum Kind {
        UPGRADE,
        DOWNGRADE,
        STAMP,
        /** A statement that no migration tool sends. */
        EDIT
    }

    /** Whether it may have committed between the two. */
    boolean within(Instant from, Instant until) {
        return !begun.isAfter(until) && !known.isBefore(from);
    }
}
