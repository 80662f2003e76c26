package dev.migrationledger.agent.database.capture;

/** The result of a removal of capture. */
public sealed interface CaptureRemoval {

    /** There was nothing. */
    record NothingThere() implements CaptureRemoval {}

    /**
     * Nothing was removed.
     *
     * @param undelivered changes that would be lost
     */
    record Kept(long undelivered) implements CaptureRemoval {}

    /**
     * It is gone.
     *
     * @param undelivered changes that are lost
     */
    record Removed(long undelivered) implements CaptureRemoval {}
}
