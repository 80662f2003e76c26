package dev.migrationledger.core.situation;

import dev.migrationledger.core.position.Discrepancy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the schema is, seen from what is stamped. */
public sealed interface SchemaPosition {

    /** Nobody can tell: the schema, the scripts or the rows were not read, or cannot be relied on. */
    record Unknown() implements SchemaPosition {}

    /** The schema cannot be distinguished from what is stamped. */
    record Confirmed(List<String> stamped) implements SchemaPosition {}

    /**
     * The schema matches other revisions than those that are stamped.
     *
     * @param candidates as of the physical state; at least one
     * @param complete whether these are all
     * @param chosen the one to go on from; absent where a person has to tell
     * @param against what the schema says against the stamp
     */
    record Elsewhere(
            List<String> stamped,
            Direction direction,
            List<List<String>> candidates,
            boolean complete,
            @Nullable List<String> chosen,
            List<Discrepancy> against)
            implements
                SchemaPosition {}

    /**
     * The schema matches no point in the history.
     *
     * @param against how it differs from what is stamped
     * @param nearest the set from which it differs least: what is stamped, if that is one of several
     * @param ties all sets that are as near
     * @param discrepancies how it differs from {@code nearest}
     */
    record Hole(
            List<String> stamped,
            List<Discrepancy> against,
            List<String> nearest,
            List<List<String>> ties,
            List<Discrepancy> discrepancies)
            implements
                SchemaPosition {}

    enum Direction {
        /** Whatever it matches holds all that is stamped, and more. */
        AHEAD,
        /** Whatever it matches lacks something that is stamped. */
        BEHIND
    }
}
