package dev.migrationledger.core.situation;

import dev.migrationledger.core.graph.LongIds;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import dev.migrationledger.core.situation.Observations.VersionTables;
import org.jspecify.annotations.Nullable;

/** How long an id the version table can hold. */
public final class VersionTableWidth {

    private VersionTableWidth() {}

    /** Whether a revision that runs earlier changes the column's width; the new width is not known. */
    public static boolean fitsLater(Observations seen, String id) {
        return seen.versionTables() != null && seen.versionTables().fitting().contains(id);
    }

    /** How many characters the version table holds; absent where there is none, or nobody looked. */
    public static @Nullable Integer of(Observations seen, @Nullable ResolvedRows rows, ScriptsSeen scripts) {
        if (seen.versionTables() != null) {
            return seen.versionTables().width();
        }
        // What ran was written into it once.
        boolean widened = rows != null && scripts.graph().implied(rows.resolved()).stream()
                .anyMatch(id -> id.codePointCount(0, id.length()) > LongIds.USUAL_WIDTH);
        return widened ? VersionTables.UNLIMITED : null;
    }
}
