package dev.migrationledger.agent.database;

import org.jspecify.annotations.Nullable;

/**
 * What the operator or the configuration calls the version table.
 *
 * @param schema absent: where the search path leads
 * @param written the table that the migration tool writes by its configuration, where an option chose this one and that is certain before
 *     any poll; absent: this one, or it is not known
 * @param searchPath that the migration tool sets for itself; absent: the role's own
 */
public record VersionTableName(
        @Nullable String schema, String table, @Nullable String written, @Nullable SearchPath searchPath) {

    public VersionTableName(@Nullable String schema, String table) {
        this(schema, table, null, null);
    }

    @Override
    public String toString() {
        return schema == null ? table : schema + "." + table;
    }
}
