package dev.migrationledger.agent.database.capture;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the log of captured changes holds for an agent, in one poll. */
public sealed interface LoggedChanges {

    /** Nothing is installed in this database. */
    record Absent() implements LoggedChanges {}

    /**
     * Something is installed, and this agent cannot read it.
     *
     * @param why a sentence for people with what cures it
     */
    record Unusable(String why) implements LoggedChanges {}

    /**
     * What is new.
     *
     * @param transactions in an order in which they can have committed: of two that wrote the same row, the first comes first
     * @param cursor to be remembered together with what was made of these transactions, and given to the next poll
     * @param coverage equal in two polls if nothing can have changed the version table between them without being captured;
     *     absent while the table is not watched at all
     * @param eventTriggers whether objects are named and a DROP of the version table is seen
     * @param more whether there is more to read at once
     */
    record Read(
            List<CapturedTransaction> transactions,
            String cursor,
            @Nullable String coverage,
            boolean eventTriggers,
            boolean more)
            implements
                LoggedChanges {
        public Read {
            transactions = List.copyOf(transactions);
        }
    }
}
