package dev.migrationledger.contracts.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The migration tool's own table, as one poll found it.
 *
 * @param name with its schema, as in {@code public.alembic_version}
 * @param rows the version of each row, sorted; duplicates kept
 * @param written the version table that the tool writes with its configuration, where an option chose this one instead; absent: this one,
 *     or it is not known
 */
public record VersionTable(String name, State state, List<String> rows, @Nullable String written) {
    public VersionTable {
        rows = List.copyOf(rows);
        if ((state == State.PRESENT) == rows.isEmpty()) {
            throw new IllegalArgumentException(
                    "a version table that is " + state + " cannot have " + rows.size() + " rows");
        }
    }

    public VersionTable(String name, State state, List<String> rows) {
        this(name, state, rows, null);
    }

    /** The same table where the tool writes another one. */
    public VersionTable besides(@Nullable String other) {
        return new VersionTable(name, state, rows, name.equals(other) ? null : other);
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
