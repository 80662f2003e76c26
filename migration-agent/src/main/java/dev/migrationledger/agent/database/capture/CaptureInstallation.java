package dev.migrationledger.agent.database.capture;

import org.jspecify.annotations.Nullable;

/**
 * The result of an installation of capture.
 *
 * @param before the version that was there; absent for a new one
 * @param attached whether changes of the version table are captured now
 * @param eventTriggers whether objects that are created, altered and dropped are named
 * @param noEventTriggers why not, in the server's words
 */
public record CaptureInstallation(
        int version,
        @Nullable Integer before,
        boolean attached,
        boolean eventTriggers,
        @Nullable String noEventTriggers) {}
