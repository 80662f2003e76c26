package dev.migrationledger.contracts.event;

import java.util.List;

/**
 * The migration tool's own table, as one look saw it.
 *
 * @param name with its schema, as in {@code public.alembic_version}
 * @param rows the version of each row, sorted; duplicates kept
 */
public record VersionTable(String name, State state, List<String> rows) {
    public VersionTable {
        rows = List.copyOf(rows);
        if ((state == State.PRESENT) == rows.isEmpty()) {
            throw new IllegalArgumentException(
                    "a version table that is " + state + " cannot have " + rows.size() + " rows");
        }
    }

    public enum State {
        /** There is no such table. */
        MISSING,
        /** The table exists and has no row. */
        EMPTY,
        /** The table exists and has rows. */
        PRESENT
    }
}
