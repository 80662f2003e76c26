package dev.migrationledger.agent.database.observation;

import dev.migrationledger.agent.database.capture.LoggedChanges;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.text.Fingerprint;
import dev.migrationledger.core.situation.Observations.OtherVersionTable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one poll saw, all of it in one snapshot.
 *
 * @param width how many characters the version table's column holds; absent where there is none or nothing limits it
 * @param others other tables that look like version tables; none where nobody asked
 * @param rows those of the version table, sorted by version
 * @param traces what a transaction wrote into the catalogs besides the version table, by its id; only for
 *     transactions that were not known before, and only where it wrote anything
 * @param searched whether the catalogs could be searched for traces in the time allowed
 * @param mark of the schema: as long as it stays the same, so does the schema; another mark need not mean another schema
 * @param schema whatever was asked of it
 * @param captured what the trigger on the version table wrote down since the cursor that was given
 * @param searchPath schemas to which it leads, in order
 * @param database tells this database from every other, even one of the same name at the same address
 */
public record Observation(
        VersionTable table,
        @Nullable Integer width,
        List<OtherVersionTable> others,
        List<VersionRow> rows,
        Map<String, Trace> traces,
        boolean searched,
        Fingerprint mark,
        SchemaObservation schema,
        LoggedChanges captured,
        List<String> searchPath,
        Fingerprint database) {
    public Observation {
        others = List.copyOf(others);
        rows = List.copyOf(rows);
        traces = Map.copyOf(traces);
        searchPath = List.copyOf(searchPath);
    }

    /** The part of it that says which version table there is. */
    public VersionTableObservation versionTables() {
        return new VersionTableObservation(table, others, searchPath);
    }

    /** Where an object goes that names no schema; absent where the search path leads nowhere. */
    public @Nullable String defaultSchema() {
        return searchPath.isEmpty() ? null : searchPath.getFirst();
    }
}
