package dev.migrationledger.contracts.history;

import dev.migrationledger.contracts.revision.Revision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One content that a revision's file had.
 *
 * @param declared as it was scanned last
 * @param fileStored whether the file can be fetched back by its digest
 * @param firstSeen the first of all its sightings
 * @param lastSeen the last of all its sightings
 * @param environments in how many environments it was seen
 * @param seen by environment; absent in a list of many revisions
 */
public record RevisionVariant(
        Revision declared,
        boolean fileStored,
        Sighting firstSeen,
        Sighting lastSeen,
        int environments,
        @Nullable List<InEnvironment> seen) {
    public RevisionVariant {
        seen = seen == null ? null : List.copyOf(seen);
    }

    /**
     * Where one environment's sources had it.
     *
     * @param last where it is still there, the last word of who watches it; where it is not, when it was missed
     * @param current whether a source of the environment has it now
     */
    public record InEnvironment(String environment, Sighting first, Sighting last, boolean current) {}
}
