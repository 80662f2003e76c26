package dev.migrationledger.agent.tool;

import org.jspecify.annotations.Nullable;

/**
 * What a tool's configuration says of the database it migrates.
 *
 * @param url as configured, password and all, in the tool's own form
 * @param urlOrigin where that stands, for messages
 * @param urlProblem why the URL that stands there cannot be read: a whole sentence; absent: nothing is wrong with it
 * @param versionTable the tool's own table
 * @param versionTableSchema its schema; unset: where the search path leads
 * @param searchPath that the tool sets on its connection
 * @param width that the tool gives the version table's column; absent: its default
 * @param complete whether all that was read that can say so
 * @param readsArguments whether arguments of the command line can decide what is computed
 */
public record DatabaseTarget(
        Setting url,
        String urlOrigin,
        @Nullable String urlProblem,
        Setting versionTable,
        Setting versionTableSchema,
        Setting searchPath,
        @Nullable Integer width,
        boolean complete,
        boolean readsArguments) {

    /** Nothing is said. */
    public static final DatabaseTarget UNKNOWN = of(null, "the configuration", null, null);

    /** What a configuration file alone says. */
    public static DatabaseTarget of(
            @Nullable String url, String urlOrigin, @Nullable String versionTable,
            @Nullable String versionTableSchema) {
        return new DatabaseTarget(Setting.of(url), urlOrigin, null, Setting.of(versionTable),
                Setting.of(versionTableSchema), Setting.Unset.UNSET, null, false, false);
    }

    /** Whether what decides which version table is written is computed in a way that arguments may decide. */
    public boolean needsArguments() {
        return readsArguments && (versionTable instanceof Setting.Computed
                || versionTableSchema instanceof Setting.Computed || searchPath instanceof Setting.Computed
                || url instanceof Setting.Computed);
    }
}
