package dev.migrationledger.agent.inference.round;

import dev.migrationledger.agent.database.capture.CapturedChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Up to where captured changes were turned into events. Stored in the same transaction as these.
 *
 * @param cursor for the next observation
 * @param coverage if it is the same in two observations, every change of the version table between them was captured; absent: changes of
 *     the table are not captured
 * @param unclaimed schema changes that may yet belong to a row that is going to be written
 */
public record CapturePosition(
        String cursor, @Nullable String coverage, List<CapturedChange> unclaimed) {
    public CapturePosition {
        unclaimed = List.copyOf(unclaimed);
    }

    /** Whether more than the cursor is different, which moves with every transaction of the server. */
    public boolean isNewerThan(@Nullable CapturePosition before) {
        return before == null || !new CapturePosition(before.cursor, coverage, unclaimed).equals(before);
    }
}
