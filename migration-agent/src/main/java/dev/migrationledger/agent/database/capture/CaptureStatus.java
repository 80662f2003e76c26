package dev.migrationledger.agent.database.capture;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How capture stands in a database.
 *
 * @param version installed; absent where nothing is
 * @param owner the role that installed it
 * @param versionTables those that are watched
 * @param eventTriggers whether objects are named, and a version table that appears is watched from its first row on
 * @param usable whether the asking role may read what was captured
 * @param undelivered changes that no ledger has acknowledged yet; absent where they cannot be read, as are the following
 * @param oldest of them, by the server's clock
 * @param keep how many are kept at most
 * @param lost how many went undelivered since the last install because there were more
 * @param failures how many changes could not be captured since the last install
 * @param lastFailure in the server's words
 * @param complaints what is wrong, a sentence each with what cures it; empty if healthy
 */
public record CaptureStatus(
        @Nullable Integer version,
        @Nullable String owner,
        List<Watched> versionTables,
        boolean eventTriggers,
        boolean usable,
        @Nullable Long undelivered,
        @Nullable Instant oldest,
        @Nullable Integer keep,
        @Nullable Long lost,
        @Nullable Long failures,
        @Nullable String lastFailure,
        List<String> complaints) {
    public CaptureStatus {
        versionTables = List.copyOf(versionTables);
        complaints = List.copyOf(complaints);
    }

    /** Capture is not installed. */
    public static CaptureStatus absent(String problem) {
        return new CaptureStatus(
                null, null, List.of(), false, false, null, null, null, null, null, null, List.of(problem));
    }

    public boolean healthy() {
        return complaints.isEmpty();
    }

    /** A version table, and whether its changes are captured. */
    public record Watched(String schema, String table, Trigger trigger) {}

    public enum Trigger {
        /** Every session's changes are captured. */
        ALWAYS,
        /** Those of sessions that do not play replica ({@code session_replication_role}) are captured. */
        ENABLED,
        DISABLED,
        /** The table is there, its trigger is not. */
        DETACHED,
        /** There is no such table now. */
        NO_TABLE
    }
}
