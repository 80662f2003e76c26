package dev.migrationledger.agent.inference.round;

import dev.migrationledger.agent.database.capture.LoggedChanges;

/** The state of capture, as an observation found it. */
public sealed interface CaptureState {

    /** Nothing is installed. */
    record NotInstalled() implements CaptureState {}

    /**
     * It is installed, but this agent cannot read what it captures.
     *
     * @param reason a sentence for people that says what to do
     */
    record Unusable(String reason) implements CaptureState {}

    /**
     * It is installed, but changes of the version table are not captured.
     *
     * @param eventTriggers whether it begins by itself when the version table is created
     */
    record Detached(boolean eventTriggers) implements CaptureState {}

    /**
     * Changes of the version table are captured.
     *
     * @param eventTriggers whether objects are named that are created, altered and dropped
     */
    record Active(boolean eventTriggers) implements CaptureState {}

    static CaptureState of(LoggedChanges captured) {
        return switch (captured) {
            case LoggedChanges.Absent _ -> new NotInstalled();
            case LoggedChanges.Unusable unusable -> new Unusable(unusable.why());
            case LoggedChanges.Read read when read.coverage() == null -> new Detached(read.eventTriggers());
            case LoggedChanges.Read read -> new Active(read.eventTriggers());
        };
    }

    /** Whether changes are captured, so notifications may arrive. */
    default boolean active() {
        return this instanceof Active;
    }
}
