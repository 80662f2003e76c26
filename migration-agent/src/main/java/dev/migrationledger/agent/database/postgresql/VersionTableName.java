package dev.migrationledger.agent.database.postgresql;

import org.jspecify.annotations.Nullable;

/**
 * What the operator calls the version table.
 *
 * @param schema absent: where the search path leads
 */
public record VersionTableName(@Nullable String schema, String table) {

    /** Alembic's own default. */
    public static final String DEFAULT = "alembic_version";

    @Override
    public String toString() {
        return schema == null ? table : schema + "." + table;
    }
}
