package dev.migrationledger.agent.inference.round;

import dev.migrationledger.agent.database.capture.LoggedChanges;

/**
 * The state of capture.
 *
 * @param active whether changes are captured, so that it is worth listening for them
 * @param words for people; empty where nothing is installed
 */
public record CaptureState(boolean active, String words) {

    /** Nothing is installed. */
    public static final CaptureState NONE = new CaptureState(false, "");

    /** As an observation found it. */
    public static CaptureState of(LoggedChanges captured) {
        return switch (captured) {
            case LoggedChanges.Absent _ -> NONE;
            case LoggedChanges.Unusable unusable -> new CaptureState(false, unusable.why());
            case LoggedChanges.Read read when read.coverage() == null -> new CaptureState(false, read.eventTriggers()
                    ? "Capture begins when the version table is created; if it is there already, run 'capture install' again."
                    : "Capture is installed, but not on this version table; run 'capture install' again.");
            case LoggedChanges.Read read -> new CaptureState(true, "capture eventTriggers=" + read.eventTriggers());
        };
    }
}
