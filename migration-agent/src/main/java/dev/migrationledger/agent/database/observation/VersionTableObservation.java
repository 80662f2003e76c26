package dev.migrationledger.agent.database.observation;

import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.core.situation.Observations.OtherVersionTable;
import java.util.List;

/**
 * The version table of one poll, without anything else of the database.
 *
 * @param others other tables that look like version tables; none where they were not searched
 * @param searchPath schemas to which it leads, in order
 */
public record VersionTableObservation(VersionTable table, List<OtherVersionTable> others, List<String> searchPath) {
    public VersionTableObservation {
        others = List.copyOf(others);
        searchPath = List.copyOf(searchPath);
    }
}
