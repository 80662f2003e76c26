package dev.migrationledger.agent.tool;

import java.time.ZonedDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A merge whose file does not exist yet.
 *
 * @param heads ids of the revisions that it joins, in the order in which the file names them; at least two
 * @param message absent: none is given, and the tool writes its own
 * @param revision its id
 * @param label the branch label that it declares; absent: none
 * @param time when it is written, in the time zone of the machine: a project may set another zone
 */
public record NewMerge(
        List<String> heads,
        @Nullable String message,
        String revision,
        @Nullable String label,
        ZonedDateTime time) {
    public NewMerge {
        heads = List.copyOf(heads);
        if (heads.size() < 2) {
            throw new IllegalArgumentException("a merge of fewer than two heads");
        }
    }
}
