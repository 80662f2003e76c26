package dev.migrationledger.agent.tool;

import org.jspecify.annotations.Nullable;

/**
 * What a tool's configuration says of the database it migrates.
 *
 * @param url as configured, password and all, in the tool's own form; absent where the configuration names none
 * @param versionTable the tool's own table; absent: the tool's default
 * @param versionTableSchema its schema; absent: where the search path leads
 */
public record DatabaseTarget(
        @Nullable String url,
        @Nullable String versionTable,
        @Nullable String versionTableSchema) {

    /** Nothing is said. */
    public static final DatabaseTarget UNKNOWN = new DatabaseTarget(null, null, null);

    /** Without the URL, which may hold a password. */
    @Override
    public String toString() {
        return "DatabaseTarget[url=%s, versionTable=%s, versionTableSchema=%s]"
                .formatted(url == null ? "none" : "(hidden)", versionTable, versionTableSchema);
    }
}
