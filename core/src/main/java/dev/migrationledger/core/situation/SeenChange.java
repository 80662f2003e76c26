package dev.migrationledger.core.situation;

import dev.migrationledger.contracts.schema.ObjectName;
import java.util.List;

/** What was changed in a database. */
public sealed interface SeenChange {

    /** An object was created or changed. */
    record ObjectWritten(ObjectName object) implements SeenChange {}

    record ObjectDropped(ObjectName object) implements SeenChange {}

    /** Further objects were created, changed or dropped. */
    record MoreObjects(int count) implements SeenChange {}

    /**
     * The version table was written by hand.
     *
     * @param before its rows
     */
    record RowsEdited(List<String> before, List<String> after) implements SeenChange {
        public RowsEdited {
            before = List.copyOf(before);
            after = List.copyOf(after);
        }
    }
}
