package dev.migrationledger.agent.inference.round;

import dev.migrationledger.agent.database.capture.CapturedChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Up to where captured changes were made events. Remembered in the same transaction as these.
 *
 * @param cursor for the next look
 * @param coverage the same at two looks: nothing can have changed the version table between them unseen; absent: it is not
 *     watched
 * @param unclaimed schema changes that may yet belong to a row that is going to be written
 */
public record CapturePosition(
        String cursor, @Nullable String coverage, List<CapturedChange> unclaimed) {
    public CapturePosition {
        unclaimed = List.copyOf(unclaimed);
    }

    /** Whether there is more in it than another cursor, which moves with every transaction of the server. */
    public boolean isNews(@Nullable CapturePosition before) {
        return before == null || !new CapturePosition(before.cursor, coverage, unclaimed).equals(before);
    }
}
